//! The closed vocabularies of the format: each word written once.

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every word, in the order of the format's documentation.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word as a file writes it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl Word for $name {
            const WORDS: &'static [&'static str] = Self::WORDS;

            fn word(self) -> &'static str {
                Self::word(self)
            }

            fn read(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    )+};
}

/// A closed vocabulary: read from a word, or not one of them.
pub trait Word: Sized {
    /// Every word.
    const WORDS: &'static [&'static str];

    /// The word as a file writes it.
    fn word(self) -> &'static str;

    /// The value that `word` stands for; `None` when it is no word of this vocabulary.
    fn read(word: &str) -> Option<Self>;
}

vocabulary! {
    /// What kind of record an incident file is.
    IncidentKind {
        /// Users were hit.
        Incident = "incident",
        /// No user was hit; counted apart, never in TTR statistics.
        NearMiss = "near_miss",
        /// Announced work.
        Maintenance = "maintenance",
    }
    /// How far the incident and its record are.
    Status {
        /// Being fought.
        Open = "open",
        /// Believed fixed, being watched.
        Monitoring = "monitoring",
        /// Over; the record may still be incomplete.
        Resolved = "resolved",
        /// The record was reviewed and is complete.
        Reviewed = "reviewed",
        /// Nothing more will be done.
        Closed = "closed",
    }
    /// What users noticed of one service.
    Level {
        /// Not usable.
        Down = "down",
        /// Slower or partly failing.
        Degraded = "degraded",
        /// Works, later than promised.
        Delayed = "delayed",
        /// Answers wrongly.
        WrongResults = "wrong_results",
        /// Data was lost.
        DataLoss = "data_loss",
        /// Data was exposed.
        Exposure = "exposure",
    }
    /// What an event did to a service.
    Effect {
        /// Back to normal.
        Up = "up",
        /// Not usable.
        Down = "down",
        /// Slower or partly failing.
        Degraded = "degraded",
        /// Works, later than promised.
        Delayed = "delayed",
    }
    /// What kind of timeline event it is.
    EventType {
        /// Before the incident.
        Background = "background",
        /// What set it off.
        Trigger = "trigger",
        /// A sign that reached someone.
        Signal = "signal",
        /// The organisation understood.
        Detection = "detection",
        /// Someone was called.
        Escalation = "escalation",
        /// A choice.
        Decision = "decision",
        /// Something done to diagnose, mitigate, recover, verify or roll back.
        Step = "step",
        /// Ordinary work, a deployment for example.
        Operation = "operation",
        /// Something learnt.
        Finding = "finding",
        /// Service came back, wholly or in part.
        Recovery = "recovery",
        /// Recovery was confirmed.
        Verification = "verification",
        /// Something was said to others.
        Comms = "comms",
        /// Anything else.
        Note = "note",
    }
    /// Who may see an event.
    Visibility {
        /// Anyone.
        Public = "public",
        /// The organisation.
        Internal = "internal",
    }
    /// What a step was for.
    Intent {
        /// To understand.
        Diagnose = "diagnose",
        /// To lessen the impact.
        Mitigate = "mitigate",
        /// To end the impact.
        Recover = "recover",
        /// To confirm.
        Verify = "verify",
        /// To undo.
        Rollback = "rollback",
    }
    /// What a step did.
    Outcome {
        /// What it was for.
        Worked = "worked",
        /// Some of it.
        Partly = "partly",
        /// Nothing.
        NoEffect = "no_effect",
        /// Harm.
        Worse = "worse",
        /// It did not complete.
        Failed = "failed",
        /// Not known.
        Unknown = "unknown",
    }
    /// How dangerous a step is.
    HazardLevel {
        /// With care.
        Caution = "caution",
        /// Not without need.
        Danger = "danger",
    }
    /// The part a cause played.
    CauseRole {
        /// Without it, no incident.
        Root = "root",
        /// What set it off.
        Trigger = "trigger",
        /// Made it more likely or larger.
        Contributing = "contributing",
        /// Lay hidden before.
        Latent = "latent",
        /// Why it was seen late.
        Detection = "detection",
        /// Why the response made it longer or worse.
        Response = "response",
    }
    /// What sort of cause it is.
    CauseCategory {
        /// A change.
        Change = "change",
        /// Ordinary operation.
        Operation = "operation",
        /// A limit was reached.
        CapacityLimit = "capacity_limit",
        /// Two things stop together.
        Coupling = "coupling",
        /// One thing stops all.
        SinglePointOfFailure = "single_point_of_failure",
        /// Something depended upon.
        Dependency = "dependency",
        /// A setting.
        Config = "config",
        /// A defect.
        SoftwareDefect = "software_defect",
        /// Data.
        Data = "data",
        /// A way of working.
        Process = "process",
        /// Another organisation.
        External = "external",
        /// A person's action; never alone (`person-as-cause`).
        Human = "human",
        /// Not known.
        Unknown = "unknown",
    }
    /// How sure the organisation is.
    Confidence {
        /// Shown by evidence.
        Confirmed = "confirmed",
        /// More likely than not.
        Likely = "likely",
        /// A guess to be tested.
        Hypothesis = "hypothesis",
        /// Not known.
        Unknown = "unknown",
    }
    /// What an action item is for.
    ActionType {
        /// Find out.
        Investigate = "investigate",
        /// Lessen the next impact.
        Mitigate = "mitigate",
        /// Repair this one.
        Repair = "repair",
        /// Recover faster next time.
        Recover = "recover",
        /// Keep it from happening again.
        Prevent = "prevent",
        /// Notice sooner next time.
        Detect = "detect",
        /// Change a way of working.
        Process = "process",
        /// Tell someone.
        Communicate = "communicate",
    }
    /// What a detecting action looks at.
    Detects {
        /// Something that should happen does not.
        Absence = "absence",
        /// The result, from the user's side.
        Outcome = "outcome",
        /// Room left before a limit.
        Headroom = "headroom",
        /// Share of failures.
        ErrorRate = "error_rate",
        /// Time to answer.
        Latency = "latency",
        /// Anything unusual.
        Anomaly = "anomaly",
    }
    /// What an action changes in the system.
    ActionEffect {
        /// Separates what stops together.
        Decouple = "decouple",
        /// Adds a check.
        Verification = "verification",
        /// Adds practice.
        Rehearsal = "rehearsal",
        /// Removes a single point of failure.
        RemoveSpof = "remove_spof",
    }
    /// How strongly an action holds without anyone remembering it (RCA²).
    Strength {
        /// Forcing functions, removal of the hazard.
        Strong = "strong",
        /// Checklists, redundancy.
        Intermediate = "intermediate",
        /// Training, reminders.
        Weak = "weak",
    }
    /// How soon an action must be done.
    Priority {
        /// Stop-gap against recurrence.
        P0 = "P0",
        /// Next.
        P1 = "P1",
        /// Then.
        P2 = "P2",
        /// Last.
        P3 = "P3",
    }
    /// Where an action stands.
    ActionStatus {
        /// Named, not accepted.
        Proposed = "proposed",
        /// Accepted: needs an owner and a due date.
        Accepted = "accepted",
        /// Being done.
        InProgress = "in_progress",
        /// Waiting for something.
        Blocked = "blocked",
        /// Done; needs evidence.
        Done = "done",
        /// Done, and shown to work.
        Verified = "verified",
        /// Dropped, with a reason.
        Cancelled = "cancelled",
        /// Never accepted, with a reason.
        WontDo = "wont_do",
    }
    /// Who noticed first.
    DetectionSource {
        /// A monitor.
        Monitor = "monitor",
        /// A customer.
        Customer = "customer",
        /// A partner.
        Partner = "partner",
        /// Someone of the organisation.
        Employee = "employee",
        /// A later audit.
        Audit = "audit",
        /// A provider.
        Provider = "provider",
        /// Not known.
        Unknown = "unknown",
    }
    /// What the monitoring did.
    Monitoring {
        /// Fired and was heeded.
        Fired = "fired",
        /// Fired and was not heeded.
        Ignored = "ignored",
        /// Was there and said nothing.
        Silent = "silent",
        /// Was not there.
        Absent = "absent",
        /// Not known.
        Unknown = "unknown",
    }
    /// Whether the failure announced itself.
    FailureMode {
        /// Errors anyone could see.
        Loud = "loud",
        /// No error at all.
        Silent = "silent",
        /// Not known.
        Unknown = "unknown",
    }
    /// Whether something is there.
    Presence {
        /// There is none.
        None = "none",
        /// There is some.
        Some = "some",
        /// Not known.
        Unknown = "unknown",
    }
    /// The state a post announces.
    PostState {
        /// Something is wrong.
        Investigating = "investigating",
        /// The cause is known.
        Identified = "identified",
        /// News without a new state.
        Update = "update",
        /// The fix is in.
        Monitoring = "monitoring",
        /// It is over.
        Resolved = "resolved",
        /// What was learnt.
        Postmortem = "postmortem",
        /// Maintenance is announced.
        Scheduled = "scheduled",
        /// Maintenance is under way.
        InProgress = "in_progress",
        /// Maintenance is over.
        Completed = "completed",
    }
    /// Who a document or post is for.
    Audience {
        /// Anyone.
        Public = "public",
        /// The organisation.
        Internal = "internal",
    }
    /// What a piece of evidence is.
    EvidenceKind {
        /// A commit of this or another repository.
        Commit = "commit",
        /// A merged change.
        Merge = "merge",
        /// A dashboard.
        Dashboard = "dashboard",
        /// An alert that fired.
        Alert = "alert",
        /// An exercise.
        Drill = "drill",
        /// A document.
        Document = "document",
    }
    /// What changed.
    ChangeKind {
        /// A deployment.
        Deployment = "deployment",
        /// A setting.
        Config = "config",
        /// An operation by hand.
        Operation = "operation",
    }
    /// How much a service needs another.
    DependencyKind {
        /// Stops with it.
        Hard = "hard",
        /// Goes on without it.
        Soft = "soft",
    }
    /// The grammatical gender of a service's Portuguese name, and whether it is a plural.
    Gender {
        /// a, da, na.
        Feminine = "f",
        /// o, do, no.
        Masculine = "m",
        /// as, das, nas.
        Feminines = "fp",
        /// os, dos, nos.
        Masculines = "mp",
    }
    /// Whether a service's English name is spoken of as one or as several.
    GrammaticalNumber {
        /// It is.
        Singular = "singular",
        /// They are.
        Plural = "plural",
    }
    /// How far a level of a finding is changed by `relato.yaml`.
    ConfiguredLevel {
        /// Never reported.
        Off = "off",
        /// Info.
        Info = "info",
        /// Warning.
        Warning = "warning",
        /// Error.
        Error = "error",
    }
    /// How sure an estimate is.
    EstimateConfidence {
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }
}

impl Status {
    /// True while the incident is being fought or watched.
    pub fn is_ongoing(self) -> bool {
        matches!(self, Self::Open | Self::Monitoring)
    }
}

impl Gender {
    /// True of a name that is a plural.
    pub fn is_plural(self) -> bool {
        matches!(self, Self::Feminines | Self::Masculines)
    }
}

impl ActionStatus {
    /// True while work is owed: accepted, in progress or blocked (actions: *Lifecycle*).
    pub fn is_open(self) -> bool {
        matches!(self, Self::Accepted | Self::InProgress | Self::Blocked)
    }

    /// True when it was dropped: cancelled, or never to be done.
    pub fn is_withdrawn(self) -> bool {
        matches!(self, Self::Cancelled | Self::WontDo)
    }

    /// True once the work is done, verified or not.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::Verified)
    }
}

/// Yes, no, or not known; `true`, `false` or `unknown` in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tristate {
    /// `true`.
    Yes,
    /// `false`.
    No,
    /// `unknown`.
    Unknown,
}

/// A number of things: exact, approximate, many, or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// Exactly this many.
    Exact(u64),
    /// About this many.
    About {
        /// The middle.
        about: u64,
        /// How far off it may be.
        plus_minus: Option<u64>,
    },
    /// Many, without a figure.
    Many,
    /// Not known.
    Unknown,
}
