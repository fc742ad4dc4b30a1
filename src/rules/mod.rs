//! The judge: rules compiled in, one file each, all of one shape.
//!
//! To add a rule, write `src/rules/<group>/<name>.rs` and put its name into the list below. Nothing else. A rule sees one
//! incident at a time; one that is declared `Across` sees what [`Digest`] keeps of all of them.

mod across;
mod case;
mod figures;
mod lists;
mod page;
mod phrase;
mod posts;
mod prose_date;
mod rule;
mod sentence;
mod sink;
mod texts;
mod told;
mod waiving;
mod wording;
mod yaml_words;

#[cfg(test)]
mod examples;

use crate::format::nearest;
pub use across::{Across, Digest, FixDigest, Hit, ImpactDigest, TriedDigest};
pub use case::{Before, Case, Judged, Lack, Published, Shortfall, TemplateFault};
use case::{called, remarked, several};
pub use page::{Example, Page};
pub use rule::{Group, RULES, Rule, find, named};
pub use sink::{judge, judge_across, judge_documents, judge_published, waive};
pub use told::{groups, handbook, index, kind_word, legend, level_word, title};
pub use waiving::Waivers;

/// Declares the modules of every rule and lists them: the one list.
macro_rules! rules {
    ($($(#[$doc:meta])* $group:ident as $name:ident { $($rule:ident),+ $(,)? })+) => {
        $($(#[$doc])* mod $group { $(pub(in crate::rules) mod $rule;)+ })+

        /// Every rule, by group, in the order of the list in `src/rules/mod.rs`.
        static LISTED: &[(Group, &Rule)] = &[$($((Group::$name, &$group::$rule::RULE)),+),+];
    };
}

rules! {
    /// What is wrong with a file as it was written.
    reading as Reading {
        file_unreadable,
        yaml_invalid,
        schema_newer,
        key_unknown,
        key_duplicated,
        value_invalid,
        value_missing,
        reference_unknown,
        id_duplicated,
        id_not_file_name,
        reading_rule_relaxed,
    }
    /// Whether the moments can be true.
    timeline as Timeline {
        moments_out_of_order,
        instant_without_offset,
        offset_not_in_force,
        stated_duration_contradicted,
        impact_without_start,
        event_in_the_future,
        approximate_without_bounds,
        recovery_not_verified,
        closed_while_open,
        unaffected_claim_contradicted,
        response_outage_not_counted,
        detected_before_impact,
        silent_gap,
        weekday_date_mismatch,
        relative_day_mismatch,
    }
    /// What the targets say.
    targets as Targets {
        recovery_over_target,
        breach_without_faster_recovery,
        verdict_undecidable,
        unknown_service_or_class,
        detection_over_target,
        open_past_target,
        partial_recovery_reported_as_full,
        target_missed_repeatedly,
    }
    /// How the incident was noticed.
    detection as Detection {
        detection_missing,
        customer_found_without_detection,
        detection_source_unknown,
        silent_failure_without_outcome_check,
        signal_not_recognised,
        monitoring_did_not_help,
        reports_without_path_to_engineers,
        recovered_before_detected,
    }
    /// Why it happened.
    causes as Causes {
        unknown_cause_without_investigation,
        recurring_without_cause,
        person_as_cause,
        cause_without_action,
        guess_as_fact,
        single_cause_story,
        known_risk_without_decision,
        trigger_as_root_cause,
    }
    /// What stands and falls together.
    coupling as Coupling {
        critical_shares_infrastructure,
        coupling_without_decoupling,
        blast_radius_not_checked,
        critical_depends_on_non_critical,
        single_point_of_failure_kept,
        unsupported_use_path,
    }
    /// Changes, and repairs that are changes.
    change as Change {
        change_without_verification,
        verification_stopped_early,
        rollback_not_discussed,
        repair_not_rehearsed,
        manual_step_without_second_check,
    }
    /// Limits, and work that piles up.
    capacity as Capacity {
        limit_without_headroom_alert,
        limit_value_wrong,
        limit_runs_out_before_fix,
        backlog_without_figures,
    }
    /// What will be done.
    actions as Actions {
        action_without_owner,
        action_without_due,
        action_without_done_when,
        action_dates_impossible,
        action_id_reused,
        action_overdue,
        orphan_action,
        done_without_evidence,
        slipped_too_often,
        only_weak_actions,
        cancelled_without_reason,
        public_promise_untracked,
        owner_is_a_group,
        due_later_than_policy,
        due_on_non_working_day,
        critical_without_prevention,
        several_actions_in_one,
        recurred_while_fix_open,
    }
    /// Whether both languages say the same.
    parity as Parity {
        translation_missing,
        numbers_differ,
        times_differ,
        durations_differ,
        lists_differ,
        headings_differ,
        links_differ,
        code_differs,
        translation_stale,
        text_untranslated,
        length_ratio_unusual,
        negation_differs,
        certainty_differs,
        glossary_term_differs,
        false_friend,
        commitment_weaker,
    }
    /// Steps that the next one on call will read.
    runbook as Runbook {
        step_without_verification,
        step_without_way_back,
        harmful_step_not_marked,
        secret_in_command,
        expected_actual_differ,
        service_without_runbook,
        recommended_step_never_worked,
        kept_without_reason,
        runbook_outdated,
    }
    /// What the workspace decides: its services, its waivers.
    catalogue as Catalogue {
        service_without_owner,
        dependency_unknown_or_circular,
        class_contradicts_definition,
        class_changed_after_the_fact,
        escalation_missing,
        waiver_unused,
        waiver_without_end,
    }
    /// The words of an incident.
    language as Language {
        blaming_words,
        vague_quantity,
        person_in_narrative,
        counterfactual,
        minimising_words,
        passive_decision,
        term_not_in_glossary,
    }
    /// What the public is told, and when.
    public as Public {
        internal_detail_in_public,
        internal_field_in_public_template,
        document_over_limit,
        lossy_export,
        update_gap,
        public_states_out_of_order,
        resolved_while_affected,
        absolute_promise,
        data_statement_missing,
        public_numbers_differ,
        published_figure_changed,
        person_in_public,
        next_update_missed,
        first_post_late,
        estimate_without_basis,
        post_lacks_part,
        public_time_without_zone,
        postmortem_late,
    }
}
