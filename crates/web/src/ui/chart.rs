//! Small pictures of numbers: bars for stock by place, a line for a day's load. Sizes are SVG attributes, so the CSP holds.

use super::Tone;
use askama::{Template, filters::HtmlSafe};

/// One bar with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is of, such as a shop.
    pub name: String,
    /// Where its name leads; empty for nowhere.
    pub href: String,
    /// The number in words, such as "12" or "last 2".
    pub value: String,
    /// Length, from 0 to 100.
    pub percent: u8,
    /// What its colour says.
    pub tone: Tone,
    /// True for the reader's own place.
    pub here: bool,
}

/// Bars below each other.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "ui/bars.html")]
pub struct Bars {
    /// What they show, for readers.
    pub label: String,
    /// The bars.
    pub bars: Vec<Bar>,
}
impl HtmlSafe for Bars {}

impl Bars {
    /// Stock by place: name, address, units here; the longest bar is the largest stock, and few units are told by colour and word.
    pub fn stock(label: impl Into<String>, places: impl IntoIterator<Item = (String, String, i64, bool)>) -> Self {
        let places: Vec<_> = places.into_iter().collect();
        let most = places.iter().map(|place| place.2).max().unwrap_or(0).max(1);
        let bar = |(name, href, units, here): (String, String, i64, bool)| {
            let units = units.max(0);
            let tone = match units {
                0 => Tone::Plain,
                1..=2 => Tone::Warn,
                _ => Tone::Ok,
            };
            let percent = u8::try_from(units * 100 / most).unwrap_or(100);
            Bar { name, href, value: units.to_string(), percent, tone, here }
        };
        Bars { label: label.into(), bars: places.into_iter().map(bar).collect() }
    }
}

/// A line of at most 120 values.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "ui/spark.html")]
pub struct Spark {
    label: String,
    line: String,
    ground: String,
}
impl HtmlSafe for Spark {}

impl Spark {
    /// Draw values from left to right; the largest touches the top.
    pub fn of(label: impl Into<String>, values: &[i64]) -> Self {
        let values = &values[values.len().saturating_sub(120)..];
        let top = values.iter().copied().max().unwrap_or(0).max(1);
        let step = 100.0 / (values.len().max(2) - 1) as f64;
        let points =
            values.iter().enumerate().map(|(i, v)| format!("{:.1},{:.1}", i as f64 * step, 30.0 - 28.0 * (*v).max(0) as f64 / top as f64));
        let line = points.collect::<Vec<_>>().join(" ");
        Spark { label: label.into(), ground: format!("0,32 {line} 100,32"), line }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_bars_compare_with_the_largest() {
        let bars = Bars::stock(
            "Stock",
            [
                ("Madrid".into(), String::new(), 8, true),
                ("Vigo".into(), String::new(), 2, false),
                ("Bilbao".into(), String::new(), -1, false),
            ],
        );
        let seen: Vec<_> = bars.bars.iter().map(|bar| (bar.percent, bar.tone, bar.value.as_str())).collect();
        assert_eq!(seen, [(100, Tone::Ok, "8"), (25, Tone::Warn, "2"), (0, Tone::Plain, "0")]);
    }

    #[test]
    fn a_line_spans_its_box() {
        let spark = Spark::of("Load", &[0, 5, 10]);
        assert_eq!(spark.line, "0.0,30.0 50.0,16.0 100.0,2.0");
        assert_eq!(Spark::of("Load", &[]).line, "");
    }
}
