//! What a run as a whole finds: shares above the whole, counts of small populations, what was accepted.

use super::declare;

declare! {
    SMALL_POPULATION = "small-population", Note,
        "units so small that their rates are unstable",
        "unități atât de mici încât ratele lor sunt instabile";
    ILLUSTRATIVE = "illustrative", Note,
        "a methodology or programme whose numbers are assumptions until an authority adopts them",
        "o metodologie sau un program cu cifre ipotetice până le adoptă o autoritate";
    ABOVE_WHOLE = "above-whole", Error,
        "a share above 100 per cent: its numerator is larger than its denominator",
        "o cotă peste 100 la sută: numărătorul este mai mare decât numitorul";
    ACCEPT_UNUSED = "accept-unused", Warning,
        "an `[[accept]]` that matches no finding",
        "un `[[accept]]` care nu se potrivește niciunei constatări";
}
