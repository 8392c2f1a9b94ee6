//! The sheet of robustness: titles, headings, what each of its tables is.

use super::labels;

labels! { ROBUSTNESS_LABELS:
    IN_WORDS = "În câteva cuvinte", "In a few words";
    ABOUT_WORDS = "Cifrele sunt ale variantelor declarate în fișierul de incertitudini; lista este cea a metodei adoptate.", "The figures are those of the variants that the file of doubts declares; the list is that of the adopted method.";
    SENTENCE = "Constatare", "What is found";
    SHEET = "Robustețe", "Robustness";
    ABOUT = "Cât de sigur este fiecare loc și ce îl hotărăște", "How sure each place is, and what decides it";
    BANDS = "Cât de sigure sunt locurile", "How sure the places are";
    ABOUT_BANDS = "Sigură: are loc în aproape toate variantele declarate; în afară: în aproape niciuna; disputată: nici una, nici alta. Nu este o probabilitate.", "Certain: a place in nearly all declared variants; out: in nearly none; contested: neither. Not a probability.";
    DRIVERS = "Ce hotărăște cine intră pe listă", "What decides who is on the list";
    ABOUT_DRIVERS = "Partea din variația listei pe care o hotărăște fiecare incertitudine: singură și împreună cu celelalte; locurile schimbate când este trasă numai ea.", "Share of what varies in the list that each doubt decides: by itself, and together with the others; places exchanged when it alone is drawn.";
    ALTERNATIVES = "Dacă s-ar fi ales altfel într-un singur lucru", "Had somebody chosen otherwise in one thing";
    ABOUT_ALTERNATIVES = "Fiecare alternativă singură, restul cum este declarat.", "Each alternative by itself, all else as declared.";
    COMPONENTS = "Fără o componentă", "Without one component";
    ABOUT_COMPONENTS = "Lista dacă se lasă deoparte o componentă, iar celelalte îi împart ponderea.", "The list when one component is left out and the others share its weight.";
    COUNTIES = "Pe județe", "By county";
    ABOUT_COUNTIES = "Locurile de pe listă și cele așteptate peste toate variantele: suma ponderilor.", "Places of the list, and those expected over all variants: the sum of the shares.";
    CASES = "Cu o singură cifră", "With a single case more or less";
    ABOUT_CASES = "Unități pe care o persoană sau o familie în plus sau în minus le-ar trece de cealaltă parte a listei.", "Units that one person or family more or less would move across the list.";
    BAND = "Încadrare", "Standing";
    CERTAIN = "sigură", "certain";
    IS_CONTESTED = "disputată", "contested";
    OUT = "în afară", "out";
    UNITS = "Unități", "Units";
    PLACES = "Locuri", "Places";
    EXPECTED = "Locuri așteptate", "Expected places";
    DOUBT = "Incertitudine", "Doubt";
    LAYER = "Fel", "Layer";
    CHOICE = "alegere a metodei", "choice of the method";
    ERROR = "eroare a datelor", "error of the data";
    FIRST = "Singură", "By itself";
    TOTAL = "Împreună cu celelalte", "With the others";
    ALONE = "Locuri schimbate, media", "Places exchanged, mean";
    ALONE_95 = "Locuri schimbate, 95 %", "Places exchanged, 95 %";
    ALTERNATIVE = "Alternativă", "Alternative";
    EXCHANGED = "Locuri schimbate", "Places exchanged";
    SHIFT = "Deplasarea medie a pozițiilor", "Mean shift of ranks";
    LARGEST_SHIFT = "Cea mai mare deplasare", "Largest shift";
    ENTER = "Intră", "Enter";
    LEAVE = "Ies", "Leave";
    COMPONENT = "Componentă", "Component";
    MEASURE = "Numărătoare", "Count";
    CASE = "Schimbare", "Change";
    EFFECT = "Atunci", "Then";
    WOULD_ENTER = "ar intra pe listă", "would enter the list";
    STAYS = "rămâne pe listă", "stays on the list";
    INTERVALS = "Pozițiile vecinilor în variante", "Ranks of the neighbours over the variants";
    ABOUT_INTERVALS = "Poziția după scor între unitățile care pot primi un loc: linia roșie în metoda declarată, bara în variantele declarate, punctul mediana lor.", "The rank by score among the units that may have a place: the red line by the declared method, the bar over the declared variants, the dot their median.";
    DECLARED_RANK = "Poziția", "Rank";
    INTERVAL = "Intervalul poziției", "Interval of the rank";
    SHARE_IN_PERCENT = "Variante cu loc, %", "Variants with a place, %";
    WOULD_LEAVE = "ar ieși de pe listă", "would leave the list";
}
