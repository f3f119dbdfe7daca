//! Who is it? One arriving record against many persons, in the engine alone; how much memory a million persons take; records per second at once.

use super::load::{Times, short};
use super::table::{Table, count};
use anyhow::Result;
use identity::{Engine, FieldKind, Schema};
use std::time::Instant;

const KINDS: [FieldKind; 7] = [
    FieldKind::GivenName,
    FieldKind::FamilyName,
    FieldKind::BirthDate,
    FieldKind::Street,
    FieldKind::Postcode,
    FieldKind::Phone,
    FieldKind::Email,
];
const GIVEN: [&str; 40] = [
    "María",
    "Carmen",
    "Ana",
    "Isabel",
    "Laura",
    "Cristina",
    "Marta",
    "Lucía",
    "Elena",
    "Pilar",
    "Paula",
    "Raquel",
    "Sara",
    "Rosa",
    "Beatriz",
    "Nuria",
    "Silvia",
    "Julia",
    "Irene",
    "Patricia",
    "Antonio",
    "José",
    "Manuel",
    "Francisco",
    "David",
    "Juan",
    "Javier",
    "Daniel",
    "Carlos",
    "Jesús",
    "Alejandro",
    "Miguel",
    "Rafael",
    "Pedro",
    "Pablo",
    "Ángel",
    "Sergio",
    "Fernando",
    "Jorge",
    "Luis",
];
const START: [&str; 40] = [
    "Gar", "Rod", "Gon", "Fer", "Lop", "Mar", "San", "Per", "Gom", "Jim", "Rui", "Her", "Dia", "Mor", "Mun", "Alv", "Rom", "Alo", "Gut",
    "Nav", "Tor", "Dom", "Vaz", "Ram", "Gil", "Ser", "Bla", "Mol", "Ort", "Del", "Cas", "Rub", "Nie", "Med", "Igl", "Cal", "Per", "Arr",
    "Vid", "Sot",
];
const END: [&str; 25] = [
    "cia", "riguez", "zalez", "nandez", "ez", "tin", "chez", "eno", "oz", "as", "illa", "ena", "alba", "osa", "ero", "ales", "ino", "aro",
    "edo", "ura", "anes", "ibar", "onte", "ejo", "ada",
];
const STREETS: [&str; 20] = [
    "Mayor",
    "Real",
    "Nueva",
    "del Sol",
    "de la Paz",
    "Ancha",
    "San Juan",
    "Alameda",
    "Goya",
    "Serrano",
    "Colón",
    "Cervantes",
    "Rosales",
    "Delicias",
    "Prado",
    "Estación",
    "Fuente",
    "Molino",
    "Olivo",
    "Jardines",
];

/// The same people on every run.
struct People(u64);

impl People {
    fn number(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
    fn family(&mut self) -> String {
        format!("{}{}", START[self.number(START.len())], END[self.number(END.len())])
    }
    /// A person of a country with the usual names; three in four leave a telephone, two in three an address for mail.
    fn person(&mut self) -> [String; 7] {
        let given = GIVEN[self.number(GIVEN.len())];
        let (first, second) = (self.family(), self.family());
        let born = format!("{}-{:02}-{:02}", 1940 + self.number(66), 1 + self.number(12), 1 + self.number(28));
        let street = format!("Calle {} {}", STREETS[self.number(STREETS.len())], 1 + self.number(90));
        let postcode = format!("{:02}{:03}", 1 + self.number(52), self.number(80));
        let phone = if self.number(4) > 0 { format!("6{:08}", self.number(100_000_000)) } else { String::new() };
        let email = if self.number(3) > 0 { format!("{}{}@example.es", first.to_lowercase(), self.number(10_000)) } else { String::new() };
        [given.into(), format!("{first} {second}"), born, street, postcode, phone, email]
    }
    /// The same person, met again: something left out, something mistyped.
    fn again(&mut self, person: &[String; 7]) -> [String; 7] {
        let mut record = person.clone();
        for _ in 0..2 {
            let field = 1 + self.number(6);
            if self.number(2) == 0 {
                record[field].clear();
            } else {
                let mut letters: Vec<char> = record[field].chars().collect();
                if letters.len() > 3 {
                    let at = 1 + self.number(letters.len() - 2);
                    letters.swap(at, at - 1);
                }
                record[field] = letters.into_iter().collect();
            }
        }
        record
    }
}

/// Arrivals that are timed.
const ARRIVALS: usize = 4_000;

/// Fifty thousand persons, then a million.
pub fn measure(quick: bool, table: &mut Table) -> Result<()> {
    let mut people = People(11);
    let mut engine = Engine::new(Schema::new(&KINDS));
    let before = resident();
    let mut known = Vec::new();
    let small = 50_000;
    for _ in 0..small {
        let person = people.person();
        engine.add(&person);
        if known.len() < ARRIVALS {
            known.push(person);
        }
    }
    let started = Instant::now();
    engine.resolve_all();
    let rate = small as f64 / started.elapsed().as_secs_f64();
    table.add("identity: records learnt from, compared and grouped at once, a second", "memory", count(rate), "", "");
    table.add(arrivals(small), "memory", timed(&mut engine, &mut people, &known), "median 1 ms, p99 5 ms", "");
    let large = if quick { 200_000 } else { 1_000_000 };
    for _ in engine.len()..large {
        engine.add(&people.person());
    }
    table.add(arrivals(large), "memory", timed(&mut engine, &mut people, &known), "median 2 ms", "");
    let each = resident().saturating_sub(before) as f64 / engine.len() as f64;
    table.add("identity: memory for each million persons", "memory", format!("{:.0} MB", each), "", "");
    Ok(())
}

fn arrivals(persons: usize) -> String {
    format!("identity: resolve one arriving record against {} persons", count(persons as f64))
}

/// Half of those who arrive are known.
fn timed(engine: &mut Engine, people: &mut People, known: &[[String; 7]]) -> String {
    let times = (0..ARRIVALS).map(|n| {
        let record = if n % 2 == 0 { people.again(&known[n % known.len()]) } else { people.person() };
        let started = Instant::now();
        engine.arrive(&record);
        started.elapsed()
    });
    let times = Times::of(times.collect());
    format!("p50 {} / p99 {} ms", short(times.within(0.5)), short(times.within(0.99)))
}

/// Bytes of this process in memory; 0 where the system does not say.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    status.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
}
