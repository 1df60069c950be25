//! Spelling: how far a word is from one that was probably meant.

use super::words::MOST_LETTERS;

/// The number of slips between two folded words (a letter left out, put in, or another, or two exchanged: optimal string alignment), if
/// there are few enough of them for words of that length: none up to 3 letters, one up to 7, else two.
///
/// Takes time in proportion to the length, and no memory of the heap.
pub fn distance(typed: &str, meant: &str) -> Option<usize> {
    let (mut left, mut right) = (['\0'; MOST_LETTERS], ['\0'; MOST_LETTERS]);
    let (left, right) = (letters(typed, &mut left)?, letters(meant, &mut right)?);
    let most = match left.len() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    within(left, right, most)
}

fn letters<'a>(word: &str, letters: &'a mut [char; MOST_LETTERS]) -> Option<&'a [char]> {
    let mut count = 0;
    for letter in word.chars() {
        *letters.get_mut(count)? = letter;
        count += 1;
    }
    letters.get(..count)
}

/// Beyond any distance that is asked for, and far from overflowing.
const FAR: usize = 1_000;

/// Rows of the usual table, of which only the places near the diagonal are filled in.
fn within(left: &[char], right: &[char], most: usize) -> Option<usize> {
    let mut rows = [[FAR; MOST_LETTERS + 1]; 3];
    let [before, above, row] = &mut rows;
    let (mut before, mut above, mut row) = (before, above, row);
    for (column, cell) in above.iter_mut().enumerate().take(most + 1) {
        *cell = column;
    }
    let at = |letters: &[char], index: usize| letters.get(index.wrapping_sub(1)).copied();
    for line in 1..=left.len() {
        let near = line.saturating_sub(most)..=(line + most).min(right.len());
        let cell = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(FAR);
        row.fill(FAR);
        for column in near {
            let mut least = if column == 0 {
                line
            } else {
                let slip = usize::from(at(left, line) != at(right, column));
                (cell(above, column - 1) + slip)
                    .min(cell(above, column) + 1)
                    .min(cell(row, column - 1) + 1)
            };
            let exchanged = line > 1
                && column > 1
                && at(left, line) == at(right, column - 1)
                && at(left, line - 1) == at(right, column);
            if exchanged {
                least = least.min(cell(before, column - 2) + 1);
            }
            if let Some(cell) = row.get_mut(column) {
                *cell = least;
            }
        }
        (before, above, row) = (above, row, before);
    }
    above
        .get(right.len())
        .copied()
        .filter(|&distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_slips_are_near() {
        for (typed, meant, slips) in [
            ("نتنياهو", "نتنياهو", Some(0)),
            ("نتناهو", "نتنياهو", Some(1)),
            ("بايدن", "بادين", Some(1)),
            ("مصر", "مضر", None),
            ("غزه", "عزه", None),
            ("election", "elction", Some(1)),
            ("parlaiment", "parliament", Some(1)),
            ("govermnent", "government", Some(1)),
            ("goverment", "government", Some(1)),
            ("minster", "monastery", None),
            ("washingtn", "wahsington", Some(2)),
            ("", "", Some(0)),
        ] {
            assert_eq!(distance(typed, meant), slips, "{typed} {meant}");
        }
    }

    /// The definition, without bounds.
    fn defined(left: &[char], right: &[char]) -> usize {
        let mut table = vec![vec![0; right.len() + 1]; left.len() + 1];
        for line in 0..=left.len() {
            for column in 0..=right.len() {
                table[line][column] = if line == 0 || column == 0 {
                    line + column
                } else {
                    let slip = usize::from(left[line - 1] != right[column - 1]);
                    let mut least = (table[line - 1][column - 1] + slip)
                        .min(table[line - 1][column] + 1)
                        .min(table[line][column - 1] + 1);
                    if line > 1
                        && column > 1
                        && left[line - 1] == right[column - 2]
                        && left[line - 2] == right[column - 1]
                    {
                        least = least.min(table[line - 2][column - 2] + 1);
                    }
                    least
                };
            }
        }
        table[left.len()][right.len()]
    }

    proptest::proptest! {
        #[test]
        fn the_band_is_wide_enough(left in "[ابت]{0,12}", right in "[ابت]{0,12}") {
            let (one, other): (Vec<_>, Vec<_>) = (left.chars().collect(), right.chars().collect());
            let most = match one.len() { 0..=3 => 0, 4..=7 => 1, _ => 2 };
            let slips = Some(defined(&one, &other)).filter(|&slips| slips <= most);
            proptest::prop_assert_eq!(distance(&left, &right), slips);
        }
    }
}
