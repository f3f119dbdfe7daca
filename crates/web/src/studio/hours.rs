//! Opening hours as fields of a form, and back: a place's, a team's, the brand's.

use crate::{Form, Page};
use kernel::{DayException, Hours, OpenSpan, Week};

/// The days of the week, as fields of the form.
pub(super) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn spans(spans: &[OpenSpan]) -> String {
    spans.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Put hours into the fields of a form.
pub(super) fn fill(form: Form, hours: &Hours) -> Form {
    let week = &hours.week;
    let days = [&week.mon, &week.tue, &week.wed, &week.thu, &week.fri, &week.sat, &week.sun].map(|day| spans(day));
    let exceptions: Vec<_> = hours.exceptions.iter().map(|e| format!("{} {}", e.date, spans(&e.open)).trim_end().to_owned()).collect();
    let form = form.fill("exceptions", exceptions.join("\n"));
    DAYS.into_iter().zip(days).fold(form, |form, (day, text)| form.fill(day, text))
}

/// The hours that a form says; what cannot be read is refused beside its field.
pub(super) fn read(page: &Page, form: &mut Form) -> Hours {
    let [mon, tue, wed, thu, fri, sat, sun] = DAYS.map(|day| day_of(page, form, day));
    Hours { week: Week { mon, tue, wed, thu, fri, sat, sun }, exceptions: exceptions(page, form) }
}

/// `10:00-14:00, 17:00-20:30`; nothing is closed.
fn spans_in(text: &str) -> Result<Vec<OpenSpan>, String> {
    text.split([',', ';']).map(str::trim).filter(|span| !span.is_empty()).map(str::parse).collect()
}

fn day_of(page: &Page, form: &mut Form, day: &str) -> Vec<OpenSpan> {
    spans_in(form.value(day)).unwrap_or_else(|_| {
        form.refuse(day, page.t("studio-hours-like"));
        Vec::new()
    })
}

fn exceptions(page: &Page, form: &mut Form) -> Vec<DayException> {
    let mut all = Vec::new();
    for line in form.value("exceptions").to_owned().lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (date, open) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match (date.parse(), spans_in(open)) {
            (Ok(date), Ok(open)) => all.push(DayException { date, open }),
            _ => form.refuse("exceptions", page.tv("studio-exception-like", line)),
        }
    }
    all
}
