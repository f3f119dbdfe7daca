//! Names of people: titles and particles set aside, short forms traced to the name they stand for.

use crate::text::fold;

/// Words before or after a name that are no part of it.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "dra", "prof", "rev", "sir", "dame", "lord", "lady", "don", "dona", "sr", "sra", "srta", "d", "jr",
    "junior", "senior", "ii", "iii", "iv", "esq", "phd", "md", "the", "hon", "capt", "captain", "col", "major", "ing", "lic",
];
/// Ranks that follow a name after a comma.
const RANKS: &[&str] = &[
    "baron", "baronet", "bishop", "count", "duke", "earl", "king", "marquess", "marquis", "prince", "princess", "queen", "viscount",
    "baronesa", "conde", "condesa", "duque", "duquesa", "infante", "marques", "marquesa", "obispo", "principe", "reina", "rey", "vizconde",
];
/// Small words inside family names.
const PARTICLES: &[&str] = &[
    "de", "del", "la", "las", "los", "el", "y", "i", "e", "da", "do", "dos", "das", "di", "du", "van", "von", "der", "den", "of", "le",
    "san",
];

/// Short forms and the name that each most often stands for.
#[rustfmt::skip]
const ALIASES: &[(&str, &str)] = &[
    // Spanish
    ("pepe", "jose"), ("pepa", "josefa"), ("pepito", "jose"), ("pepi", "josefa"), ("paco", "francisco"), ("curro", "francisco"), ("pancho", "francisco"),
    ("fran", "francisco"), ("kiko", "francisco"), ("quico", "francisco"), ("fco", "francisco"), ("paca", "francisca"), ("manolo", "manuel"), ("manu", "manuel"),
    ("lolo", "manuel"), ("manoli", "manuela"), ("lola", "dolores"), ("loli", "dolores"), ("mdolores", "dolores"), ("nacho", "ignacio"), ("nati", "natividad"),
    ("chema", "josemaria"), ("charo", "rosario"), ("chelo", "consuelo"), ("concha", "concepcion"), ("conchi", "concepcion"), ("conchita", "concepcion"),
    ("inma", "inmaculada"), ("merche", "mercedes"), ("merceditas", "mercedes"), ("maite", "mariateresa"), ("mayte", "mariateresa"), ("tere", "teresa"), ("teresita", "teresa"),
    ("mari", "maria"), ("ma", "maria"), ("mª", "maria"), ("marisa", "marialuisa"), ("maribel", "mariaisabel"), ("isa", "isabel"), ("chabela", "isabel"), ("bea", "beatriz"),
    ("toni", "antonio"), ("tono", "antonio"), ("antonito", "antonio"), ("tonio", "antonio"), ("rafa", "rafael"), ("javi", "javier"), ("xavi", "javier"), ("xavier", "javier"),
    ("jordi", "jorge"), ("quique", "enrique"), ("kike", "enrique"), ("alex", "alejandro"), ("ale", "alejandro"), ("alejo", "alejandro"), ("sandra", "alejandra"),
    ("lupe", "guadalupe"), ("lupita", "guadalupe"), ("memo", "guillermo"), ("guille", "guillermo"), ("beto", "alberto"), ("berto", "alberto"), ("rober", "roberto"),
    ("santi", "santiago"), ("yago", "santiago"), ("edu", "eduardo"), ("lalo", "eduardo"), ("dani", "daniel"), ("gabi", "gabriel"), ("migue", "miguel"), ("sebas", "sebastian"),
    ("fede", "federico"), ("fer", "fernando"), ("nando", "fernando"), ("gonza", "gonzalo"), ("juanito", "juan"), ("carlitos", "carlos"), ("pedrito", "pedro"), ("perico", "pedro"),
    ("luisito", "luis"), ("anita", "ana"), ("rosita", "rosa"), ("elenita", "elena"), ("pili", "pilar"), ("piluca", "pilar"), ("angelita", "angela"), ("geles", "angeles"),
    ("cris", "cristina"), ("tina", "cristina"), ("vero", "veronica"), ("pati", "patricia"), ("moni", "monica"), ("susi", "susana"), ("marga", "margarita"), ("rocio", "rocio"),
    ("encarni", "encarnacion"), ("encarna", "encarnacion"), ("trini", "trinidad"), ("fina", "josefina"), ("nuri", "nuria"), ("montse", "montserrat"), ("eli", "elisa"),
    ("agus", "agustin"), ("tomasito", "tomas"), ("andresito", "andres"), ("joaco", "joaquin"), ("ximo", "joaquin"), ("quim", "joaquin"), ("pep", "jose"), ("josep", "jose"),
    ("joan", "juan"), ("pere", "pedro"), ("lluis", "luis"), ("miquel", "miguel"), ("carles", "carlos"), ("enric", "enrique"), ("pau", "pablo"), ("iker", "iker"),
    // English
    ("bob", "robert"), ("bobby", "robert"), ("rob", "robert"), ("robbie", "robert"), ("bert", "albert"), ("bill", "william"), ("billy", "william"), ("will", "william"),
    ("willie", "william"), ("wm", "william"), ("liam", "william"), ("dick", "richard"), ("rick", "richard"), ("rich", "richard"), ("ricky", "richard"), ("jim", "james"),
    ("jimmy", "james"), ("jamie", "james"), ("jas", "james"), ("jack", "john"), ("johnny", "john"), ("jon", "john"), ("jno", "john"), ("joe", "joseph"), ("joey", "joseph"),
    ("jos", "joseph"), ("tom", "thomas"), ("tommy", "thomas"), ("thos", "thomas"), ("chas", "charles"), ("charlie", "charles"), ("chuck", "charles"), ("harry", "henry"),
    ("hank", "henry"), ("hal", "henry"), ("ed", "edward"), ("eddie", "edward"), ("ted", "edward"), ("ned", "edward"), ("teddy", "edward"), ("geo", "george"),
    ("fred", "frederick"), ("freddie", "frederick"), ("frederic", "frederick"), ("frank", "francis"), ("al", "albert"), ("alf", "alfred"), ("alec", "alexander"),
    ("sandy", "alexander"), ("andy", "andrew"), ("drew", "andrew"), ("ben", "benjamin"), ("benny", "benjamin"), ("dan", "daniel"), ("danny", "daniel"), ("dave", "david"),
    ("davy", "david"), ("don", "donald"), ("doug", "douglas"), ("gene", "eugene"), ("greg", "gregory"), ("ken", "kenneth"), ("larry", "lawrence"), ("len", "leonard"),
    ("matt", "matthew"), ("mike", "michael"), ("mick", "michael"), ("mickey", "michael"), ("nick", "nicholas"), ("pat", "patrick"), ("pete", "peter"), ("phil", "philip"),
    ("ray", "raymond"), ("ron", "ronald"), ("sam", "samuel"), ("sammy", "samuel"), ("saml", "samuel"), ("steve", "stephen"), ("steven", "stephen"), ("stu", "stuart"),
    ("tim", "timothy"), ("tony", "anthony"), ("antony", "anthony"), ("vic", "victor"), ("walt", "walter"), ("wally", "walter"), ("zach", "zachary"), ("josh", "joshua"),
    ("nate", "nathan"), ("chris", "christopher"), ("kit", "christopher"), ("jeff", "jeffrey"), ("geoff", "geoffrey"), ("jerry", "gerald"), ("gerry", "gerald"), ("abe", "abraham"),
    ("gus", "augustus"), ("nat", "nathaniel"), ("betty", "elizabeth"), ("beth", "elizabeth"), ("liz", "elizabeth"), ("lizzie", "elizabeth"), ("eliza", "elizabeth"),
    ("bess", "elizabeth"), ("bessie", "elizabeth"), ("betsy", "elizabeth"), ("libby", "elizabeth"), ("elisabeth", "elizabeth"), ("kate", "katherine"), ("katie", "katherine"),
    ("kathy", "katherine"), ("cathy", "katherine"), ("catherine", "katherine"), ("kathryn", "katherine"), ("kitty", "katherine"), ("kay", "katherine"), ("maggie", "margaret"),
    ("meg", "margaret"), ("peggy", "margaret"), ("madge", "margaret"), ("molly", "mary"), ("polly", "mary"), ("mae", "mary"), ("nancy", "ann"), ("annie", "ann"), ("anne", "ann"),
    ("anna", "ann"), ("nan", "ann"), ("hannah", "hannah"), ("sally", "sarah"), ("sadie", "sarah"), ("sara", "sarah"), ("sue", "susan"), ("susie", "susan"), ("jenny", "jennifer"),
    ("jen", "jennifer"), ("fanny", "frances"), ("nell", "ellen"), ("nellie", "ellen"), ("helen", "ellen"), ("harriet", "harriet"), ("hattie", "harriet"), ("lottie", "charlotte"),
    ("carrie", "caroline"), ("carolyn", "caroline"), ("lou", "louisa"), ("minnie", "wilhelmina"), ("patty", "patricia"), ("trish", "patricia"), ("becky", "rebecca"),
    ("debbie", "deborah"), ("deb", "deborah"), ("dot", "dorothy"), ("dolly", "dorothy"), ("ginny", "virginia"), ("vicky", "victoria"), ("mandy", "amanda"), ("barb", "barbara"),
    ("cindy", "cynthia"), ("judy", "judith"), ("josie", "josephine"), ("millie", "mildred"), ("pam", "pamela"), ("theo", "theodore"), ("winnie", "winifred"), ("lizzy", "elizabeth"),
];

/// The name that a short form stands for, or the word itself.
pub(crate) fn root(word: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == word).map_or(word, |(_, name)| name)
}

/// A name cut into its parts; any may be empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub given: String,
    pub middle: String,
    pub family: String,
    pub epithet: String,
}

/// Second given names so common that two words before the family names are both given.
const COMPOUND: &[&str] = &[
    "maria",
    "jose",
    "carmen",
    "angel",
    "luis",
    "antonio",
    "manuel",
    "carlos",
    "teresa",
    "isabel",
    "pilar",
    "dolores",
    "jesus",
    "luisa",
    "rosa",
    "javier",
    "miguel",
    "ramon",
    "francisco",
    "ignacio",
    "alberto",
    "angeles",
    "mar",
    "rosario",
    "mercedes",
    "elena",
    "cristina",
    "andres",
    "pablo",
    "juan",
    "enrique",
    "fernando",
    "eugenia",
];

fn clean(text: &str) -> Vec<String> {
    let text = text.replace("M.ª", "Maria").replace("Mª", "Maria").replace("m.ª", "maria").replace("mª", "maria").replace("Mº", "Maria");
    let words = fold(&text);
    words.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn is_name(word: &str) -> bool {
    !TITLES.contains(&word) && !PARTICLES.contains(&word)
}

/// Words of a given or family name without titles and particles; all of them when nothing else would be left.
fn kept(words: Vec<String>) -> Vec<String> {
    let kept: Vec<String> = words.iter().filter(|w| is_name(w)).cloned().collect();
    if kept.is_empty() { words } else { kept }
}

/// Put together what the columns say.
pub(crate) fn parts(given: &str, middle: &str, family: &str, full: &str) -> Parts {
    let (mut given, mut family) = (kept(clean(given)), kept(clean(family)));
    let middle = clean(middle);
    if given.is_empty() && family.is_empty() {
        let mut found = of_full(full);
        if !middle.is_empty() {
            found.middle = middle.join(" ");
        }
        return found;
    }
    // What one of the columns lacks the whole name may have.
    if given.is_empty() || family.is_empty() {
        let whole = of_full(full);
        let lacking = |part: &str, other: &[String]| -> Vec<String> {
            part.split(' ').filter(|w| !w.is_empty() && !other.iter().any(|known| known == w)).map(str::to_owned).collect()
        };
        if given.is_empty() {
            given = lacking(&whole.given, &family);
        } else {
            family = lacking(&whole.family, &given);
        }
    }
    let mut epithet: Vec<String> = clean(full);
    epithet.retain(|w| !given.contains(w) && !family.contains(w) && !middle.contains(w) && !PARTICLES.contains(&w.as_str()) && w.len() > 1);
    epithet.sort_unstable();
    epithet.dedup();
    Parts { given: given.join(" "), middle: middle.join(" "), family: family.join(" "), epithet: epithet.join(" ") }
}

/// What follows a comma and is no given name: `1st Baron Clifford`, `Jr.`, `conde de Luna`.
fn is_rank(words: &[String]) -> bool {
    words.first().is_some_and(|word| {
        RANKS.contains(&word.as_str()) || TITLES.contains(&word.as_str()) || word.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// A whole name: `García López, Ana`, `Ana García López`, `José Antonio García`.
fn of_full(full: &str) -> Parts {
    let (before, after) = full.split_once(',').unwrap_or((full, ""));
    if is_rank(&clean(after)) {
        return of_full(before);
    }
    if !after.is_empty() {
        let (family, given) = (before, after);
        let (family, given) = (kept(clean(family)), kept(clean(given)));
        if !family.is_empty() && !given.is_empty() {
            return Parts { given: given.join(" "), family: family.join(" "), ..Parts::default() };
        }
    }
    let mut words = kept(clean(full));
    if words.len() < 2 {
        return Parts { given: words.join(" "), ..Parts::default() };
    }
    let two = words.len() >= 3 && (COMPOUND.contains(&words[1].as_str()) || words.len() >= 5);
    let family = words.split_off(if two { 2 } else { 1 });
    Parts { given: words.join(" "), family: family.join(" "), ..Parts::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(text: &str) -> (String, String) {
        let parts = parts("", "", "", text);
        (parts.given, parts.family)
    }

    #[test]
    fn whole_names_are_cut_where_people_would() {
        assert_eq!(full("Ana García López"), ("ana".into(), "garcia lopez".into()));
        assert_eq!(full("García López, Ana"), ("ana".into(), "garcia lopez".into()));
        assert_eq!(full("D. José Antonio de la Fuente Ruiz"), ("jose antonio".into(), "fuente ruiz".into()));
        assert_eq!(full("M.ª Carmen Ortiz"), ("maria carmen".into(), "ortiz".into()));
        assert_eq!(full("Ana"), ("ana".into(), String::new()));
        assert_eq!(full("Thomas Clifford, 1st Baron Clifford of Chudleigh"), ("thomas".into(), "clifford".into()));
        assert_eq!(full("Beltrán Osorio, duque de Alburquerque"), ("beltran".into(), "osorio".into()));
        assert_eq!(full("Earl, Ann"), ("ann".into(), "earl".into()));
    }

    #[test]
    fn what_is_in_no_other_part_is_an_epithet() {
        let parts = parts("thomas", "", "chudleigh", "Thomas Clifford, 1st Baron Clifford of Chudleigh");
        assert_eq!(parts.epithet, "1st baron clifford");
    }

    #[test]
    fn the_whole_name_fills_what_a_column_lacks() {
        let lacks = |given: &str, family: &str| {
            let parts = parts(given, "", family, "Ana Belén Ruiz Soler");
            (parts.given, parts.family, parts.epithet)
        };
        assert_eq!(lacks("", "Ruiz Soler"), ("ana".into(), "ruiz soler".into(), "belen".into()));
        assert_eq!(lacks("Ana", ""), ("ana".into(), "belen ruiz soler".into(), String::new()));
    }

    #[test]
    fn short_forms_lead_to_their_name() {
        assert_eq!((root("pepe"), root("bob"), root("ana")), ("jose", "robert", "ana"));
    }
}
