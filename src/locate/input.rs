//! The text as the parser of YAML is given it.

use saphyr_parser::{Input, Parser, StrInput, input::SkipTabs};

/// A parser of `text`.
///
/// A tab after a colon separates as a space does. The parser refuses `level:<TAB>down`, which the fast reader and
/// the specification take: it asks the input whether a space was among what it skipped, and at that place alone.
pub(super) fn parser(text: &str) -> Parser<'_, Characters<'_>> {
    Parser::new(Characters(StrInput::new(text)))
}

/// The characters of a text, of which tabs separate as spaces do.
pub(super) struct Characters<'t>(StrInput<'t>);

impl Input for Characters<'_> {
    #[inline]
    fn skip_ws_to_eol(&mut self, skip_tabs: SkipTabs) -> (usize, Result<SkipTabs, &'static str>) {
        let (skipped, result) = self.0.skip_ws_to_eol(skip_tabs);
        let result = result.map(|skipped| match skipped {
            SkipTabs::Result(tabs, blanks) => SkipTabs::Result(tabs, blanks || tabs),
            other => other,
        });
        (skipped, result)
    }

    #[inline]
    fn lookahead(&mut self, count: usize) {
        self.0.lookahead(count);
    }

    #[inline]
    fn buflen(&self) -> usize {
        self.0.buflen()
    }

    #[inline]
    fn bufmaxlen(&self) -> usize {
        self.0.bufmaxlen()
    }

    #[inline]
    fn raw_read_ch(&mut self) -> char {
        self.0.raw_read_ch()
    }

    #[inline]
    fn raw_read_non_breakz_ch(&mut self) -> Option<char> {
        self.0.raw_read_non_breakz_ch()
    }

    #[inline]
    fn skip(&mut self) {
        self.0.skip();
    }

    #[inline]
    fn skip_n(&mut self, count: usize) {
        self.0.skip_n(count);
    }

    #[inline]
    fn peek(&self) -> char {
        self.0.peek()
    }

    #[inline]
    fn peek_nth(&self, n: usize) -> char {
        self.0.peek_nth(n)
    }

    #[inline]
    fn peek_opt(&self) -> Option<char> {
        self.0.peek_opt()
    }

    #[inline]
    fn next_can_be_plain_scalar(&self, in_flow: bool) -> bool {
        self.0.next_can_be_plain_scalar(in_flow)
    }

    #[inline]
    fn skip_while_non_breakz(&mut self) -> usize {
        self.0.skip_while_non_breakz()
    }

    #[inline]
    fn skip_while_blank(&mut self) -> usize {
        self.0.skip_while_blank()
    }

    #[inline]
    fn fetch_while_is_alpha(&mut self, out: &mut String) -> usize {
        self.0.fetch_while_is_alpha(out)
    }

    #[inline]
    fn fetch_while_is_yaml_non_space(&mut self, out: &mut String) -> usize {
        self.0.fetch_while_is_yaml_non_space(out)
    }
}

#[cfg(test)]
mod tests {
    use crate::locate::tree::Tree;

    #[test]
    fn a_tab_separates_wherever_the_fast_reader_takes_it() {
        for text in [
            "a:\tb\n",
            "a:\t\tb\n",
            "a:\t-5\n",
            "a:\t \"b\"\n",
            "a: \tb\n",
            "a:\n  - b:\tc\n    d: e\n",
            "- \ta\n-  \tb\n",
            "{a:\tb, c: [d,\te]}\n",
            "a: b\t# c\n",
            "a:\t# c\n  b:\td\n",
            "a:\t|\n  b\tc\nd: \"e:\tf\"\n",
            "a: b\t\nc: 'd'\t\n",
            "a:\t{b: c}\nd:\t[e]\n",
            "a: b\tc\n\t\nd: e\n",
        ] {
            let tree = Tree::parse(text);
            assert!(tree.flaws.is_empty(), "{text:?}: {:?}", tree.flaws);
        }
        // and what it keeps apart stays apart
        for text in ["a:\tb: c\n", "a:\t- b\n", "a:\n\tb: c\n"] {
            assert!(!Tree::parse(text).flaws.is_empty(), "{text:?}");
        }
    }
}
