//! The workspace of one tree: settings, catalogue and glossary read once, incidents read one by one.
