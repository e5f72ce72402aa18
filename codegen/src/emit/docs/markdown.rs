//! Markdown as somebody wrote it, printed as Markdown that rustdoc takes for the same, without what it
//! would run, follow or hand to a browser.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::foreign_code::has_foreign_code;
use super::html::{with_less_than, without_html};
use super::page::Page;
use super::table::Table;
use super::text::{Text, longest_run, plain};
use super::url;
use crate::characters::is_control;

/// Prints a text: paragraphs, lists, code and links to the web as they are, and HTML as text.
pub(super) fn print(text: &str) -> Vec<String> {
    let text = without_html(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut printer = Printer {
        source: &text,
        ..Printer::default()
    };
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        printer.event(event, range.start);
    }
    printer.end_paragraph();
    let lines = printer.page.finish();
    match has_foreign_code(&lines) {
        true => vec![plain(&with_less_than(&text))],
        false => lines,
    }
}

/// Prints what a parser comes across.
#[derive(Default)]
struct Printer<'a> {
    source: &'a str,
    page: Page,
    /// The paragraph, heading or cell that is being read.
    text: Text,
    /// The code block that is being read.
    code: Option<String>,
    table: Table,
    /// The items and quotations that are open.
    within: Vec<Within>,
    lists: Vec<List>,
    /// What ends each emphasis that is open.
    emphasis: Vec<&'static str>,
    /// The links that are open: where their labels begin and where they lead, if they are printed.
    links: Vec<Option<(usize, String)>>,
    /// Whether what comes is the text of a link that is printed already.
    in_autolink: bool,
}

#[derive(PartialEq)]
enum Within {
    Item,
    Quotation,
}

struct List {
    /// The number of the next item; nothing where items have none.
    number: Option<u64>,
    /// Whether there are blank lines between its items.
    loose: bool,
    /// How many lines there were before it.
    start: usize,
}

impl Printer<'_> {
    fn event(&mut self, event: Event, at: usize) {
        match event {
            Event::Start(Tag::Paragraph) => self.start_paragraph(),
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.plain(&text),
            Event::Code(code) => self.text.code(&with_less_than(&code)),
            Event::SoftBreak => self.text.end_line(),
            Event::HardBreak => self.text.break_line(),
            Event::Rule => {
                self.end_paragraph();
                self.page.gap = true;
                self.page.block(["---".to_owned()]);
            }
            // Nothing else was asked for.
            _ => {}
        }
    }

    fn plain(&mut self, text: &str) {
        let text = with_less_than(text);
        match &mut self.code {
            Some(code) => code.push_str(&text),
            None if self.in_autolink => {}
            None => self.text.plain(&text),
        }
    }

    fn start(&mut self, tag: Tag, at: usize) {
        match tag {
            Tag::Emphasis => self.start_emphasis(at, ["*", "_"]),
            Tag::Strong => self.start_emphasis(at, ["**", "__"]),
            // Its text alone: tildes around nothing would begin a code block.
            Tag::Strikethrough => {}
            Tag::Link {
                link_type,
                dest_url,
                ..
            }
            | Tag::Image {
                link_type,
                dest_url,
                ..
            } => self.start_link(link_type, &dest_url),
            Tag::TableHead | Tag::TableRow => {}
            Tag::TableCell => self.text.in_cell = true,
            Tag::Item => self.start_item(),
            block => {
                self.end_paragraph();
                self.start_block(block);
            }
        }
    }

    fn start_block(&mut self, tag: Tag) {
        match tag {
            Tag::BlockQuote(_) => {
                self.page.gap = true;
                self.page.open("> ", "> ");
                self.within.push(Within::Quotation);
            }
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            Tag::List(number) => self.lists.push(List {
                number,
                loose: false,
                start: self.page.length(),
            }),
            Tag::Table(alignments) => self.table = Table::new(alignments),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.end_paragraph();
                self.page.gap = true;
            }
            TagEnd::Heading(level) => {
                let title = std::mem::take(&mut self.text).into_line();
                if !title.is_empty() {
                    self.page.gap = true;
                    let marks = "#".repeat(level as usize);
                    self.page.block([format!("{marks} {title}")]);
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.end_paragraph();
                self.page.close();
                self.within.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.page.gap = true;
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::TableHead => self.table.end_head(),
            TagEnd::TableRow => self.table.end_row(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text).into_line();
                self.table.add(cell);
            }
            TagEnd::Table => {
                self.page.gap = true;
                self.page
                    .block(std::mem::take(&mut self.table).into_lines());
            }
            inline => self.end_inline(inline),
        }
    }

    fn end_inline(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => {
                let mark = self.emphasis.pop().unwrap_or_default();
                self.text.markup(mark);
            }
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    fn start_paragraph(&mut self) {
        self.end_paragraph();
        self.page.gap = true;
        if self.within.last() == Some(&Within::Item)
            && let Some(list) = self.lists.last_mut()
        {
            list.loose = true;
        }
    }

    /// Writes the text so far. In an item of a list it may stand there without a paragraph of its own; then
    /// no blank line follows.
    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let lines = text.into_lines(self.page.width());
        if !lines.is_empty() {
            self.page.block(lines);
            self.page.gap = self.within.last() != Some(&Within::Item);
        }
    }

    fn start_item(&mut self) {
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let is_first = self.page.length() == list.start;
        if !is_first {
            self.page.gap = list.loose;
        }
        let marker = match &mut list.number {
            None => "* ".to_owned(),
            Some(number) => {
                // Only a list that starts with one can begin in the middle of a paragraph.
                self.page.gap |= is_first && *number != 1;
                let marker = format!("{number}. ");
                // A longer number begins no item.
                *number = (*number + 1).min(999_999_999);
                marker
            }
        };
        self.page.open(&marker, &" ".repeat(marker.len()));
        self.within.push(Within::Item);
    }

    /// Prints a code block as text, between fences that are longer than any in it.
    fn end_code(&mut self) {
        let code = self.code.take().unwrap_or_default().replace('\t', "    ");
        if code.trim().is_empty() {
            return;
        }
        let ticks = longest_run(&code, '`').max(2) + 1;
        let fence = "`".repeat(ticks);
        let lines = code.lines().map(|line| line.replace(is_control, " "));
        let lines = [format!("{fence}text")].into_iter().chain(lines);
        self.page.block(lines.chain([fence.clone()]));
    }

    /// Begins an emphasis by the same character as the document does.
    fn start_emphasis(&mut self, at: usize, [star, underscore]: [&'static str; 2]) {
        let mark = match self.source[at..].starts_with('_') {
            true => underscore,
            false => star,
        };
        self.emphasis.push(mark);
        self.text.markup(mark);
    }

    /// Begins a link. An image becomes one, too: nothing is loaded from elsewhere.
    fn start_link(&mut self, link_type: LinkType, destination: &str) {
        let within_another = self.links.iter().any(Option::is_some);
        let destination = url::destination(&with_less_than(destination));
        let destination = destination.filter(|_| !within_another);
        match (destination, link_type) {
            (Some(url), LinkType::Autolink) => {
                self.text.markup(&format!("<{url}>"));
                self.in_autolink = true;
                self.links.push(None);
            }
            (Some(url), _) => {
                let start = self.text.open_label();
                self.links.push(Some((start, url)));
            }
            (None, _) => self.links.push(None),
        }
    }

    fn end_link(&mut self) {
        self.in_autolink = false;
        if let Some(Some((start, url))) = self.links.pop() {
            self.text.close_label(start, &url);
        }
    }
}
