//! Reading our own pages as a browser without scripts does: which forms there are and what they would send.

/// A form of a page.
#[derive(Debug, Clone)]
pub struct FormOnPage {
    /// Where it goes.
    pub action: String,
    /// What it sends as it stands, buttons aside.
    pub fields: Vec<(String, String)>,
    /// Name and value of its buttons, and of boxes and choices that are not ticked.
    pub buttons: Vec<(String, String)>,
}

impl FormOnPage {
    /// True when it has a field or a button by this name.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().chain(&self.buttons).any(|(known, _)| known == name)
    }
}

/// Every form, in order.
pub fn forms(html: &str) -> Vec<FormOnPage> {
    html.split("<form").skip(1).filter_map(|rest| rest.split_once("</form>").map(|(inside, _)| form(inside))).collect()
}

fn form(inside: &str) -> FormOnPage {
    let (head, body) = inside.split_once('>').unwrap_or((inside, ""));
    let mut found = FormOnPage { action: attribute(head, "action").unwrap_or_default(), fields: Vec::new(), buttons: Vec::new() };
    for rest in body.split('<').skip(1) {
        let (tag, after) = rest.split_once('>').unwrap_or((rest, ""));
        let name = attribute(tag, "name");
        let value = attribute(tag, "value").unwrap_or_default();
        match (tag.split_whitespace().next().unwrap_or_default(), name) {
            ("input", Some(name)) if is_sent(tag) => found.fields.push((name, value)),
            ("input" | "button", Some(name)) => found.buttons.push((name, value)),
            ("textarea", Some(name)) => found.fields.push((name, plain(after))),
            ("select", Some(name)) => found.fields.push((name.clone(), chosen(body, &name))),
            _ => {}
        }
    }
    found
}

/// Boxes and choices are sent when they are ticked.
fn is_sent(tag: &str) -> bool {
    let kind = attribute(tag, "type").unwrap_or_default();
    !matches!(kind.as_str(), "checkbox" | "radio") || tag.split_whitespace().any(|word| word == "checked")
}

/// What a select sends: the option marked as chosen, else the first.
fn chosen(body: &str, name: &str) -> String {
    let Some((_, after)) = body.split_once(&format!("name=\"{name}\"")) else { return String::new() };
    let inside = after.split("</select>").next().unwrap_or_default();
    let options: Vec<&str> = inside.split("<option").skip(1).filter_map(|option| option.split_once('>').map(|(tag, _)| tag)).collect();
    let marked = options.iter().find(|tag| tag.split_whitespace().any(|word| word == "selected"));
    marked.or(options.first()).and_then(|tag| attribute(tag, "value")).unwrap_or_default()
}

/// An attribute's value.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| plain(value))
}

/// Without the escapes.
pub fn plain(text: &str) -> String {
    let escapes = [("&#38;", "&"), ("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    escapes.iter().chain(&named).fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
