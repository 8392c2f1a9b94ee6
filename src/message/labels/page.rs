//! Words of the page with map, table and profiles.

use super::labels;

labels! { PAGE_LABELS:
    // page
    PAGE_SKIP = "Sari la conținut", "Skip to content";
    PART_MAP = "Hartă și profil", "Map and profile";
    PART_TABLE = "Toate unitățile", "All units";
    MAP_NONE = "Studiul nu are limite de unități și nici județe cunoscute: nu există hartă.", "The study has neither boundaries nor known counties: there is no map.";
    MAP_LAYER = "Strat", "Layer";
    MAP_IN = "Mărește harta", "Zoom in";
    MAP_OUT = "Micșorează harta", "Zoom out";
    MAP_LEFT = "Mută spre stânga", "Move left";
    MAP_RIGHT = "Mută spre dreapta", "Move right";
    MAP_UP = "Mută în sus", "Move up";
    MAP_DOWN = "Mută în jos", "Move down";
    MAP_WHOLE = "Toată harta", "Whole map";
    MAP_TILES = "O casetă este un județ, colorat după media simplă a unităților sale, la etape după prima în care are o unitate; un clic filtrează tabelul. În paranteze, câte unități sunt în fiecare clasă. Tabelul de mai jos spune același lucru în cuvinte.", "A tile is a county, coloured by the plain mean of its units, for phases by the first in which it has a unit; a click filters the table. In brackets, how many units each class has. The table below says the same in words.";
    MAP_TILE = "O casetă este un județ, colorat după media simplă a unităților sale, la etape după prima în care are o unitate; în paranteze sunt unități, nu județe.", "A tile is a county, coloured by the plain mean of its units, for phases by the first in which it has a unit; in brackets are units, not counties.";
    MAP_UNITS = "O suprafață este o unitate; un clic îi arată profilul. În paranteze, câte unități sunt în fiecare clasă. Tabelul de mai jos spune același lucru în cuvinte.", "An area is a unit; a click shows its profile. In brackets, how many units each class has. The table below says the same in words.";
    MAP_WITHOUT = "Fără limite în fișierul hărții", "Without boundaries in the file of the map";
    PHASE = "Etapă", "Phase";
    PHASE_RESERVE = "rezervă", "reserve";
    GAP = "lipsă", "gap";
    PHASE_LAYER = "Etapa de selecție", "Phase of the selection";
    NO_VALUE = "fără valoare", "no value";
    NO_PLACE = "fără loc", "without a place";
    PROFILE = "Profilul unei unități", "Profile of a unit";
    PROFILE_SHORT = "Profil", "Profile";
    PROFILE_CHOOSE = "Alegeți o unitate din tabel sau căutați-o după nume ori cod.", "Choose a unit in the table, or search for its name or code.";
    PROFILE_UNSCORED = "Această unitate nu are scor.", "This unit has no score.";
    PROFILE_CAPTION = "Din ce se compune scorul", "What the score is made of";
    PROFILE_MEASURED = "Măsurat", "Measured";
    PROFILE_NORMALISED = "Normalizat", "Normalised";
    PROFILE_CONTRIBUTION = "Contribuție", "Contribution";
    STATE_NOT_AVAILABLE = "indisponibil", "not available";
    STATE_CONFIDENTIAL = "confidențial", "confidential";
    STATE_NOT_APPLICABLE = "nu se aplică", "not applicable";
    STATE_CONSTANT = "constant", "constant";
    SEARCH = "Caută nume, cod sau județ, cu sau fără diacritice", "Search name, code or county, with or without diacritics";
    SEARCH_CLEAR = "Șterge filtrele", "Clear filters";
    FILTER_ALL = "toate", "all";
    TABLE_REGION = "Tabelul unităților", "Table of units";
    TABLE_CAPTION = "Un titlu de coloană sortează tabelul; numele unei unități îi arată profilul.", "A column title sorts the table; the name of a unit shows its profile.";
    COUNT_SHOWN = "{n} din {all} unități", "{n} of {all} units";
    SHOW_ALL = "Arată toate cele {n} unități", "Show all {n} units";
}
