//! What somebody known says in public, with the products they mean.

use catalogue::{ProductId, slug};
use customers::Identifier;
use customers::visits::{Comment, CommentError, NoteComment, note_comment};
use kernel::{Actor, Fault, ReadTx, Timestamp, Tx};

/// Longest name of a product that is looked for, in words, and the words that are read.
const LONGEST: usize = 5;
const MOST_WORDS: usize = 80;
/// Products that one comment can mean.
const MOST: usize = 5;
/// Words that names of products leave out in addresses.
const SMALL: [&str; 16] = ["de", "del", "la", "el", "los", "las", "con", "y", "en", "para", "the", "of", "with", "and", "a", "in"];

/// Put a public comment on the thread of whoever has the handle, whatever the network; the products it means are found by their name
/// in addresses: the words of `camisa-lino` standing together, small words aside.
pub fn note_public_comment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handle: Identifier,
    text: &str,
    url: &str,
    at: Option<Timestamp>,
) -> Result<Comment, CommentError> {
    let products = meant(tx, text)?.iter().map(ProductId::to_string).collect();
    let at = at.unwrap_or(tx.now());
    note_comment(tx, actor, NoteComment { handle, text: text.trim().to_owned(), url: url.trim().to_owned(), products, at })
}

fn meant(tx: &ReadTx<'_>, text: &str) -> Result<Vec<ProductId>, Fault> {
    let slugged = slug(text);
    let words: Vec<&str> = slugged.split('-').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    let plain: Vec<&str> = words.iter().copied().filter(|word| !SMALL.contains(word)).collect();
    let mut found: Vec<ProductId> = Vec::new();
    for words in [&words, &plain] {
        for length in (1..=LONGEST).rev() {
            for name in words.windows(length) {
                if found.len() >= MOST {
                    return Ok(found);
                }
                if let Some(product) = catalogue::product_by_handle(tx, &Actor::guest(), &name.join("-"))?
                    && !found.contains(&product.id)
                {
                    found.push(product.id);
                }
            }
        }
    }
    Ok(found)
}
