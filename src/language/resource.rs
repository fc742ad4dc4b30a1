//! What stands in a file of phrases: parsed within bounds, and what each phrase uses.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use fluent_bundle::{FluentResource, concurrent::FluentBundle};
use fluent_syntax::ast;
use unic_langid::LanguageIdentifier;

use super::PhraseError;
use crate::locate::Passage;

/// An empty bundle without the invisible marks that Fluent puts round values.
pub(super) fn bundle(id: &LanguageIdentifier) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![id.clone()]);
    bundle.set_use_isolating(false);
    bundle
}

/// Deeper than any phrase nests; the parser recurses, and a workspace's file may be hostile.
const MOST_NESTED: usize = 50;

/// Parses a file; `file` is its name in errors.
pub(super) fn parse(file: &str, text: &str) -> Result<FluentResource, PhraseError> {
    let not_fluent = |at: usize, reason: String| {
        let passage = Box::new(Passage::at_byte(file, text, at));
        PhraseError::NotFluent { file: file.to_owned(), line: passage.spot.line, reason, passage }
    };
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            // a bracket nests only inside braces; elsewhere it is text
            b'(' if depth > 0 => depth += 1,
            b'}' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MOST_NESTED {
            return Err(not_fluent(at, format!("braces nest deeper than {MOST_NESTED}")));
        }
    }
    FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| match errors.first() {
        Some(error) => not_fluent(error.pos.start, error.kind.to_string()),
        None => not_fluent(0, "it cannot be parsed".to_owned()),
    })
}

/// What one message uses by itself.
#[derive(Default)]
pub(super) struct Uses {
    /// The names of values.
    pub(super) values: BTreeSet<String>,
    /// Other messages, and terms with their hyphen.
    messages: BTreeSet<String>,
}

/// Each message and term (with its hyphen) of a file, with what it uses.
pub(super) fn uses(file: &str, resource: &FluentResource) -> Result<BTreeMap<String, Uses>, PhraseError> {
    let mut all = BTreeMap::new();
    for entry in resource.entries() {
        let (key, pattern, attributes) = match entry {
            ast::Entry::Message(message) => {
                (message.id.name.to_owned(), message.value.as_ref(), &message.attributes)
            }
            ast::Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
            _ => continue,
        };
        let mut uses = Uses::default();
        let mut unfit = None;
        if let Some(pattern) = pattern {
            uses.pattern(pattern, &mut unfit);
        }
        if pattern.is_none() || !attributes.is_empty() {
            unfit = Some("has an attribute: write a phrase of its own".to_owned());
        }
        if let Some(reason) = unfit {
            return Err(PhraseError::Unfit { key, file: file.to_owned(), reason });
        }
        if all.insert(key.clone(), uses).is_some() {
            return Err(PhraseError::Twice { key, file: file.to_owned() });
        }
    }
    Ok(all)
}

impl Uses {
    fn pattern(&mut self, pattern: &ast::Pattern<&str>, unfit: &mut Option<String>) {
        for element in &pattern.elements {
            if let ast::PatternElement::Placeable { expression } = element {
                self.expression(expression, unfit);
            }
        }
    }

    fn expression(&mut self, expression: &ast::Expression<&str>, unfit: &mut Option<String>) {
        match expression {
            ast::Expression::Inline(inline) => self.inline(inline, unfit),
            ast::Expression::Select { selector, variants } => {
                self.inline(selector, unfit);
                for variant in variants {
                    self.pattern(&variant.value, unfit);
                }
            }
        }
    }

    fn inline(&mut self, inline: &ast::InlineExpression<&str>, unfit: &mut Option<String>) {
        match inline {
            ast::InlineExpression::StringLiteral { .. } | ast::InlineExpression::NumberLiteral { .. } => {}
            ast::InlineExpression::VariableReference { id } => {
                self.values.insert(id.name.to_owned());
            }
            ast::InlineExpression::MessageReference { id, attribute: None } => {
                self.messages.insert(id.name.to_owned());
            }
            ast::InlineExpression::TermReference { id, attribute: None, arguments: None } => {
                self.messages.insert(format!("-{}", id.name));
            }
            ast::InlineExpression::Placeable { expression } => self.expression(expression, unfit),
            ast::InlineExpression::MessageReference { .. } | ast::InlineExpression::TermReference { .. } => {
                *unfit = Some(
                    "refers to an attribute or hands on arguments: refer to a phrase of its own".to_owned(),
                );
            }
            ast::InlineExpression::FunctionReference { id, .. } => {
                *unfit =
                    Some(format!("calls `{}`: phrases call no functions, numbers come formatted", id.name));
            }
        }
    }
}

/// The values `key` takes, itself and through what it refers to; the rest of a sentence when it refers to nothing.
pub(super) fn all_values(key: &str, used: &BTreeMap<String, (usize, Uses)>) -> Result<Vec<String>, String> {
    let mut values = BTreeSet::new();
    let (mut seen, mut left) = (HashSet::from([key]), vec![key]);
    while let Some(next) = left.pop() {
        let (_, uses) = used.get(next).ok_or_else(|| format!("refers to `{next}`, which is nowhere"))?;
        values.extend(uses.values.iter().cloned());
        left.extend(uses.messages.iter().map(String::as_str).filter(|message| seen.insert(message)));
    }
    Ok(values.into_iter().collect())
}
