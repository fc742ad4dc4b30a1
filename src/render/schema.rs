//! What the templates of a target see, as JSON Schema.
#![allow(dead_code, reason = "a schema is all that is made of these")]

use schemars::JsonSchema;

use super::{
    Renderer, View, bar, board,
    view::{self, ExtrasView, InternalIncident, Page, PublicIncident, StatusPage},
};
use crate::model::Audience;

impl Renderer {
    /// What the templates of a target see, as JSON Schema: each name with what it is.
    pub fn view_schema(view: View, audience: Audience) -> serde_json::Value {
        let schema = match (view, audience) {
            (View::Actions, _) => schemars::schema_for!(OfActions),
            (View::Service, _) => schemars::schema_for!(OfService),
            (View::Status, _) => schemars::schema_for!(OfStatus),
            (View::Incident, Audience::Public) => schemars::schema_for!(OfIncident<PublicIncident>),
            (View::Incident, Audience::Internal) => schemars::schema_for!(OfIncident<InternalIncident>),
        };
        schema.to_value()
    }
}

#[derive(JsonSchema)]
struct OfIncident<I> {
    /// The incident.
    incident: I,
    /// Its impacts as bars; null when nothing is known of them.
    bars: Option<bar::Drawing>,
    /// What a site adds; nothing for the public, and nothing where a document is rendered by itself.
    extras: ExtrasView,
    /// What stands around the content.
    page: Page,
}

#[derive(JsonSchema)]
struct OfStatus {
    /// How services do now, and the latest incidents.
    status: StatusPage<'static>,
    /// What stands around the content.
    page: Page,
}

#[derive(JsonSchema)]
struct OfActions {
    /// The week's actions; not there for a calendar.
    board: Option<view::Board>,
    /// What a calendar holds; for calendars alone.
    entries: Option<Vec<view::Entry>>,
    /// What stands around the content.
    page: board::BoardPage<'static>,
}

#[derive(JsonSchema)]
struct OfService {
    /// What is known of a service; for the page of an alert `runbooks` is a list of them.
    runbook: view::RunbookPage,
    /// What stands around the content.
    page: Page,
}
