//! "did you mean": the nearest known word to one that is not known.

/// The candidate nearest to `word`, if one is near enough to be what was meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let limit = (folded.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, candidate)| (*distance, candidate.len()))
        .map(|(_, candidate)| candidate)
}

/// Letters only: `public-endpoint`, `publicEndpoint` and `public_endpoint` are one word to a person.
fn fold(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).take(64).collect()
}

fn distance(word: &str, candidate: &str) -> usize {
    // A prefix is what is left of a word that is being typed.
    if word.len() >= 3 && candidate.starts_with(word) {
        return 1;
    }
    strsim::damerau_levenshtein(word, candidate)
}

/// `a`, `b` or `c`, each in backticks, cut to a readable number: what one of them could be chosen from.
pub fn list_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    list(words, " or ", " or one of")
}

/// `a`, `b` and `c`, each in backticks, cut to a readable number: what there is.
pub fn all_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    list(words, " and ", " and")
}

fn list<'a>(words: impl IntoIterator<Item = &'a str>, joint_of_last: &str, joint_of_rest: &str) -> String {
    const SHOWN: usize = 8;
    let words: Vec<&str> = words.into_iter().collect();
    let mut text = String::new();
    for (index, word) in words.iter().take(SHOWN).enumerate() {
        let last = index + 1 == words.len();
        let joint = match index {
            0 => "",
            _ if last => joint_of_last,
            _ => ", ",
        };
        text.push_str(joint);
        text.push('`');
        text.push_str(word);
        text.push('`');
    }
    if words.len() > SHOWN {
        text.push_str(&format!("{joint_of_rest} {} more", words.len() - SHOWN));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_was_meant_is_found_and_others_are_left_alone() {
        let words = ["public_endpoint", "authentication", "tenant_boundary", "iam"];
        assert_eq!(nearest("public-endpoint", words), Some("public_endpoint"));
        assert_eq!(nearest("autentication", words), Some("authentication"));
        assert_eq!(nearest("ima", words), Some("iam"));
        assert_eq!(nearest("colour", words), None);
        assert_eq!(list_of(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(all_of(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(all_of(["x"; 10]), "`x`, `x`, `x`, `x`, `x`, `x`, `x`, `x` and 2 more");
    }
}
