//! Biểu đồ: small SVG pictures inside an HTML report, in whole numbers, without scripts or outside references.

use std::fmt::Write as _;

use super::html::escape;

/// Màu của một thanh: two hues that colour-blind readers tell apart, and grey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarTone {
    /// Less is paid.
    Less,
    /// More is paid.
    More,
    /// A total or a count.
    Plain,
}

impl BarTone {
    /// The tone of a change.
    pub const fn of(change: i128) -> BarTone {
        match change {
            ..0 => BarTone::Less,
            0 => BarTone::Plain,
            _ => BarTone::More,
        }
    }

    const fn colour(self) -> &'static str {
        match self {
            BarTone::Less => "#2166ac",
            BarTone::More => "#b35806",
            BarTone::Plain => "#777777",
        }
    }
}

/// Trục: the smallest and the largest value that bars of one chart show; zero lies between.
#[derive(Debug, Clone, Copy)]
pub struct Axis {
    low: i128,
    high: i128,
}

/// Width and height of a bar in a table, in pixels.
const BAR: (i128, i128) = (200, 16);

impl Axis {
    /// The axis of these values.
    pub fn of(values: impl IntoIterator<Item = i128>) -> Axis {
        let start = Axis { low: 0, high: 0 };
        values
            .into_iter()
            .fold(start, |axis, value| Axis { low: axis.low.min(value), high: axis.high.max(value) })
    }

    fn place(self, value: i128, width: i128) -> i128 {
        let length = (self.high - self.low).max(1);
        ((value - self.low) * width + length / 2) / length
    }

    /// A bar up to a value and, in another tone, on to the one that is wanted.
    pub fn bar_towards(self, reached: i128, wanted: i128) -> String {
        let (width, height) = BAR;
        let (zero, a, b) = (self.place(0, width), self.place(reached, width), self.place(wanted, width));
        format!(
            "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" aria-hidden=\"true\"><rect x=\"{zero}\" y=\"2\" width=\"{}\" height=\"{tall}\" fill=\"{}\"/><rect x=\"{a}\" y=\"2\" width=\"{}\" height=\"{tall}\" fill=\"{}\"/><path d=\"M{zero}.5 0V{height}\" stroke=\"#333\" stroke-width=\"1\"/></svg>",
            a - zero,
            BarTone::Less.colour(),
            (b - a).max(1),
            BarTone::More.colour(),
            tall = height - 4,
        )
    }

    /// A bar from one value to another, as a picture of its own.
    pub fn bar(self, from: i128, to: i128, tone: BarTone) -> String {
        let (width, height) = BAR;
        let (a, b) = (self.place(from.min(to), width), self.place(from.max(to), width));
        let zero = self.place(0, width);
        let mut out = format!(
            "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" aria-hidden=\"true\">"
        );
        if a != b || from != to {
            let _ = write!(
                out,
                "<rect x=\"{a}\" y=\"2\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
                (b - a).max(1),
                height - 4,
                tone.colour()
            );
        }
        let _ = write!(out, "<path d=\"M{zero}.5 0V{height}\" stroke=\"#333\" stroke-width=\"1\"/></svg>");
        out
    }
}

/// Một cột của biểu đồ tần suất.
#[derive(Debug, Clone)]
pub struct ChartBar {
    /// Whether the column stands for less, more, or no change.
    pub tone: BarTone,
    /// How many.
    pub count: u64,
    /// What a pointer shows.
    pub title: String,
}

/// Size of a histogram, and of its margins: left, top, bottom.
const PLOT: (i128, i128) = (860, 240);
const MARGIN: (i128, i128, i128) = (70, 12, 34);
/// Room for half a label at the right end.
const RIGHT: i128 = 50;

/// Biểu đồ tần suất; `labels` are written under the columns with these numbers.
pub fn histogram(columns: &[ChartBar], labels: &[(usize, String)], name: &str, top: &str) -> String {
    let ((width, height), (left, above, below)) = (PLOT, MARGIN);
    let (inner, tall) = (width - left - RIGHT, height - above - below);
    let most = columns.iter().map(|column| i128::from(column.count)).max().unwrap_or(0).max(1);
    let count = i128::try_from(columns.len()).unwrap_or(1).max(1);
    let start = |index: usize| left + i128::try_from(index).unwrap_or(0) * inner / count;
    let mut out = format!(
        "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{name}\">"
    );
    let floor = above + tall;
    let _ = write!(
        out,
        "<path d=\"M{left} {above}V{floor}H{}\" fill=\"none\" stroke=\"#333\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{top}</text><text x=\"{}\" y=\"{floor}\" text-anchor=\"end\">0</text>",
        width - RIGHT,
        left - 6,
        above + 10,
        left - 6,
    );
    for (index, column) in columns.iter().enumerate().filter(|(_, column)| column.count > 0) {
        let x = start(index);
        let bar = (i128::from(column.count) * tall / most).max(1);
        let _ = write!(
            out,
            "<rect x=\"{x}\" y=\"{}\" width=\"{}\" height=\"{bar}\" fill=\"{}\"><title>{}</title></rect>",
            floor - bar,
            (start(index + 1) - x - 1).max(1),
            column.tone.colour(),
            column.title,
        );
    }
    for (index, label) in labels {
        let x = i128::midpoint(start(*index), start(index + 1));
        let _ = write!(
            out,
            "<path d=\"M{x} {floor}v5\" stroke=\"#333\"/><text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{label}</text>",
            floor + 20,
        );
    }
    out + "</svg>"
}

/// Thanh hai phía: what stands to the right and to the left of the middle line, each as a length and in words.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Whose bars.
    pub name: String,
    /// To the right.
    pub right: (i128, String),
    /// To the left.
    pub left: (i128, String),
}

/// Width of the area of bars on each side of the middle line.
const HALF: i128 = 250;

/// Bars to both sides of a line; nothing where all are empty.
pub fn two_sided(name: &str, [left_says, right_says]: [&str; 2], bars: &[Bar]) -> Option<String> {
    let most = bars.iter().map(|bar| bar.right.0.max(bar.left.0)).max().filter(|most| *most > 0)?;
    let width = |length: i128| (length * HALF / most).max(i128::from(length > 0));
    let (middle, row, top) = (430_i128, 22, 26);
    let height = top + bars.len() * row + 6;
    let (less, more) = (BarTone::Less.colour(), BarTone::More.colour());
    let mut out = format!(
        "<svg viewBox=\"0 0 880 {height}\" width=\"880\" height=\"{height}\" role=\"img\" aria-label=\"{}\"><text x=\"{}\" y=\"14\" text-anchor=\"end\">{left_says}</text><text x=\"{}\" y=\"14\">{right_says}</text>",
        escape(name),
        middle - 8,
        middle + 8,
    );
    for (index, bar) in bars.iter().enumerate() {
        let y = top + index * row;
        let text = y + 13;
        let _ = write!(out, "<text x=\"4\" y=\"{text}\">{}</text>", escape(&bar.name));
        let (right, left) = (width(bar.right.0), width(bar.left.0));
        if left > 0 {
            let x = middle - left;
            let _ = write!(
                out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{left}\" height=\"16\" fill=\"{less}\"/><text x=\"{}\" y=\"{text}\" text-anchor=\"end\">{}</text>",
                x - 4,
                bar.left.1,
            );
        }
        if right > 0 {
            let _ = write!(
                out,
                "<rect x=\"{middle}\" y=\"{y}\" width=\"{right}\" height=\"16\" fill=\"{more}\"/><text x=\"{}\" y=\"{text}\">{}</text>",
                middle + right + 4,
                bar.right.1,
            );
        }
    }
    let _ = write!(out, "<path d=\"M{middle} {}V{height}\" stroke=\"#333\"/></svg>", top - 6);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_start_at_zero_and_stay_inside() {
        let axis = Axis::of([-50, 150]);
        assert_eq!(axis.place(-50, 200), 0);
        assert_eq!(axis.place(0, 200), 50);
        assert_eq!(axis.place(150, 200), 200);
        assert!(Axis::of([]).bar(0, 0, BarTone::Plain).starts_with("<svg"));
    }
}
