//! What customers and staff do again and again, by the pages that they do it with.

use super::{Brand, Browser, Seen, items, text};
use serde_json::{Value, json};

/// Whoever buys on the web.
pub struct Buyer<'a> {
    pub name: &'a str,
    pub email: &'a str,
}

/// Ana.
pub const ANA: Buyer<'static> = Buyer { name: "Ana Ruiz", email: "ana@cliente.test" };

impl Brand {
    /// Put a variant into the cart on its product page.
    pub async fn puts_in_cart(&self, browser: &mut Browser, (handle, sku): (&str, &str), fields: &[(&str, &str)]) -> Seen {
        let page = browser.open(&format!("/products/{handle}?sku={sku}")).await;
        browser.send(&page, "/cart/lines", fields).await
    }

    /// Check out what is in the cart; ends on the gateway's page, or on the order's when it is paid later.
    pub async fn checks_out(&self, browser: &mut Browser, buyer: &Buyer<'_>, pay: &str) -> Seen {
        let page = browser.open("/checkout").await;
        let mut fields = vec![("name", buyer.name), ("email", buyer.email), ("pay", pay)];
        if page.html.contains("name=\"street\"") {
            fields.extend([("street", "Calle Betis 3"), ("postcode", "41010"), ("city", "Sevilla")]);
        }
        browser.send(&page, "/checkout", &fields).await
    }

    /// Buy on the web and pay on the gateway's page; the order's page.
    pub async fn buys(&self, browser: &mut Browser, buyer: &Buyer<'_>, goods: (&str, &str), way: &[(&str, &str)]) -> Seen {
        self.puts_in_cart(browser, goods, way).await;
        let paying = self.checks_out(browser, buyer, "online").await;
        let done = browser.send(&paying, "/pay/", &[("do", "approve")]).await;
        assert!(done.status == 200 && done.path.starts_with("/orders/"), "{} ({}): {}", done.path, done.status, done.html);
        done
    }

    /// The order that a tracking page shows, by the API.
    pub async fn order_on(&self, page: &Seen) -> Value {
        let token = page.path.trim_start_matches("/orders/");
        self.get(&format!("/v1/orders/{}", &token[..26])).await
    }

    /// Orders of a person, by number.
    pub async fn orders_of(&self, person: &str) -> Vec<Value> {
        items(&self.get(&format!("/v1/orders?customer={person}")).await).to_vec()
    }

    /// What one source knows of somebody: the profile of whoever a text finds.
    pub async fn profile(&self, asked: &str) -> String {
        let person = self.person(asked).await;
        text(&self.get(&format!("/v1/customers/{person}")).await["profiles"][0]["id"])
    }

    /// Give somebody one more identifier.
    pub async fn adds_identifier(&self, profile: &str, kind: &str, value: &str) {
        let done = self.post(&format!("/v1/profiles/{profile}/identifiers"), json!({ "kind": kind, "value": value })).await;
        assert_eq!(done["outcome"], "added");
    }

    /// Make the part of an order ready and hand it over in a shop, by the till's pages.
    pub async fn is_collected(&self, till: &mut Browser, order: &Value) {
        let part = &order["fulfilments"][0];
        let page = till.open(&format!("/till/pickups/{}", text(&part["id"]))).await;
        till.send(&page, "/till/pickups/", &[("to", "ready")]).await;
        let queue = till.open("/till/pickups").await;
        let handed = till.send(&queue, "/till/pickups/code", &[("code", &text(&part["code"]))]).await;
        let part = self.get(&format!("/v1/fulfilments/{}", text(&part["id"]))).await;
        assert_eq!(part["state"], "collected", "{}", handed.html);
    }

    /// Take one unit of a line back at the till whose page this is, through the preview; the page of the return.
    pub async fn is_taken_back(&self, till: &mut Browser, page: &Seen, line: &str) -> Seen {
        let quantity = format!("quantity-{line}");
        let preview = till.send(page, "/till/orders/", &[(&quantity, "1"), ("reason", "pequeña"), ("step", "preview")]).await;
        till.send(&preview, "/till/orders/", &[("step", "confirm")]).await
    }

    /// Say something at the desk, by the way that begins like this.
    pub async fn agent_says(&self, desk: &mut Browser, matter: &str, (channel, address): (&str, &str), words: &str) -> Seen {
        let page = desk.open(&format!("/desk/matters/{matter}")).await;
        let ways = self.get(&format!("/v1/matters/{matter}/ways")).await;
        let way = items(&ways).iter().find(|way| way["channel"] == channel).unwrap_or_else(|| panic!("no {channel}: {ways}"));
        assert_eq!(way["closed"], Value::Null, "{channel} is open");
        assert!(text(&way["address"]).contains(address), "{way}");
        let by = format!("{}|{}", text(&way["account"]), text(&way["address"]));
        desk.send(&page, "/desk/matters/", &[("kind", "reply"), ("by", &by), ("text", words)]).await
    }

    /// The only open matter.
    pub async fn matter(&self) -> String {
        let look = async || Some(self.get("/v1/matters?view=open").await).filter(|found| !items(found).is_empty());
        let open = self.until("a matter", look).await;
        assert_eq!(items(&open).len(), 1, "{open}");
        text(&items(&open)[0]["id"])
    }

    /// The messages of a matter: direction, channel, words.
    pub async fn said(&self, matter: &str) -> Vec<(String, String, String)> {
        let list = self.get(&format!("/v1/matters/{matter}/messages?limit=100")).await;
        items(&list).iter().map(|m| (text(&m["direction"]), text(&m["channel"]), text(&m["text"]))).collect()
    }
}

impl Brand {
    /// Sell something at the till for cash, to a known customer or to nobody; the page of the order.
    pub async fn sells_at_the_till(&self, till: &mut Browser, customer: Option<&str>, (handle, sku): (&str, &str)) -> Seen {
        if let Some(person) = customer {
            let page = till.open(&format!("/till/customers/{person}")).await;
            till.send(&page, &format!("/till/customers/{person}/cart"), &[]).await;
        }
        let page = till.open(&format!("/till/products/{handle}?sku={sku}")).await;
        till.send(&page, "/till/cart/lines", &[("way", "take_now")]).await;
        let paying = till.open("/till/pay").await;
        let sold = till.send(&paying, "/till/pay", &[("by", "cash"), ("exact", "yes")]).await;
        assert!(sold.status == 200 && sold.path.starts_with("/till/orders/"), "{} ({}): {}", sold.path, sold.status, sold.html);
        sold
    }

    /// The order of a page of the till, by the API.
    pub async fn order_at(&self, page: &Seen) -> Value {
        let id: String = page.path.trim_start_matches("/till/orders/").chars().take(26).collect();
        self.get(&format!("/v1/orders/{id}")).await
    }
}
