//! Sentences about the parameters of steps, weights and aggregates.

use crate::quality::sentences;

sentences! {
    finite(name: &str)
        "`{name}` must be a finite number",
        "`{name}` trebuie să fie un număr finit";
    positive(name: &str)
        "`{name}` must be above 0",
        "`{name}` trebuie să fie mai mare decât 0";
    whole_periods(name: &str)
        "`{name}` must be a whole number of periods, from 1",
        "`{name}` trebuie să fie un număr întreg de perioade, de la 1";
    two_numbers(name: &str)
        "`{name}` must be two different numbers",
        "`{name}` trebuie să fie două numere diferite";
    posts_differ()
        "`low` and `high` must be two different numbers",
        "`low` și `high` trebuie să fie două numere diferite";
    posts_of_logarithm()
        "goalposts of a logarithm must be above 0",
        "capetele unei scale logaritmice trebuie să fie mai mari decât 0";
    quantile(name: &str)
        "the quantile of `{name}` must be a share from 0 to 1",
        "cuantila din `{name}` trebuie să fie o fracție de la 0 la 1";
    needs_a_value(name: &str)
        "`{name}` needs at least one value",
        "`{name}` are nevoie de cel puțin o valoare";
    needs_a_step()
        "`try` needs at least one step",
        "`try` are nevoie de cel puțin un pas";
    no_attempt(step: &str)
        "`{step}` normalises and cannot be an attempt of `treat`",
        "`{step}` normalizează și nu poate fi o încercare în `treat`";
    digits()
        "`digits` must be from 1 to 17",
        "`digits` trebuie să fie de la 1 la 17";
    low_above_high()
        "`low` must not be above `high`",
        "`low` nu poate fi mai mare decât `high`";
    clip_bounds()
        "`clip` needs `low`, `high` or both",
        "`clip` are nevoie de `low`, de `high` sau de amândouă";
    of_and_present()
        "`of` and `present` belong together",
        "`of` și `present` merg împreună";
    share(name: &str)
        "`{name}` must be a share from 0 to 1",
        "`{name}` trebuie să fie o fracție de la 0 la 1";
    by_and_bounds()
        "`by` belongs to `at_least` or `at_most`",
        "`by` merge împreună cu `at_least` sau `at_most`";
    in_and_out(code: &str)
        "`{code}` is both included and excluded",
        "`{code}` este și inclusă, și exclusă";
    empty_band(from: f64, to: f64)
        "the band from {from} to {to} is empty",
        "intervalul de la {from} la {to} este gol";
    scores_or_bands()
        "`categories` needs either `scores` for words or `bands` for numbers",
        "`categories` are nevoie ori de `scores` pentru cuvinte, ori de `bands` pentru numere";
    at_least_one(name: &str)
        "`{name}` must be at least 1",
        "`{name}` trebuie să fie cel puțin 1";
    quantiles_rise()
        "`low` and `high` must be 0 <= low < high <= 1",
        "`low` și `high` trebuie să respecte 0 <= low < high <= 1";
    from_zero(name: &str)
        "`{name}` must be 0 or more",
        "`{name}` trebuie să fie cel puțin 0";
    needs_an_indicator()
        "`of` needs at least one indicator",
        "`of` are nevoie de cel puțin un indicator";
    rank_to_share()
        "`r` must say how a rank becomes a share",
        "`r` trebuie să spună cum devine un rang fracție";
    degrees_of_freedom()
        "`ddof` must be 0 or 1",
        "`ddof` trebuie să fie 0 sau 1";
    exponent()
        "`p` must be a number other than 0; 0 is the geometric mean",
        "`p` trebuie să fie un număr diferit de 0; 0 este media geometrică";
    scale_rises()
        "`scale` must rise, to above `floor`",
        "`scale` trebuie să crească, până peste `floor`";
    owa_count(children: usize, found: usize)
        "`owa` needs a weight for each of the {children} children and has {found}",
        "`owa` are nevoie de câte o pondere pentru fiecare componentă (componente: {children}, ponderi: {found})";
    owa_weights()
        "`owa` weights must be 0 or more",
        "ponderile `owa` trebuie să fie cel puțin 0";
    count_above()
        "`at_least` must be a number and `k` a share from 0 to 1",
        "`at_least` trebuie să fie un număr, iar `k` o fracție de la 0 la 1";
}
