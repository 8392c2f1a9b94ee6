//! The names of sheets, what stands on the cover and in the terminal; words of the page with map, table
//! and profiles.

use super::labels;

labels! { SHEETS_LABELS:
    // sheets
    SHEET_COVER = "Copertă", "Cover";
    SHEET_INDEX = "Indice", "Index";
    SHEET_SOURCES = "Surse", "Sources";
    SHEET_METHOD = "Metodă", "Method";
    SHEET_QUALITY = "Calitatea datelor", "Data quality";
    SHEET_COUNTY = "Pe județe", "By county";
    SHEET_REGION = "Pe regiuni", "By region";
    SHEET_BY = "Pe", "By";
    SHEET_WEIGHTS = "Ponderi", "Weights";
    SHEET_TIES = "Egalități", "Ties";
    SHEET_TRACE = "Trasabilitate", "Trace";
    SHEET_CHARTS = "Grafice", "Charts";
    SHEET_MAP = "Hartă", "Map";
    // what each sheet is
    ABOUT_WEIGHTS = "celulele galbene pot fi schimbate: foaia Indice se recalculează, iar titlul devine SIMULARE; restul foii este protejat fără parolă", "yellow cells may be changed: the sheet Index recalculates and its title becomes SIMULATION; the rest is protected without a password";
    ABOUT_TIES = "unități cu același scor la nouă zecimale: metoda nu le desparte, programul de selecție o face", "units with the same score at nine decimals: the method does not part them, the programme does";
    ABOUT_TRACE = "drumul fiecărei unități, de la celulele citite, pas cu pas, până la scor; în fișierele text D17 este câmpul 4 al rândului 17", "each unit's way from the cells that were read, step by step, to its score; in text files D17 is field 4 of line 17";
    ABOUT_CHARTS = "curba scorurilor cu limitele claselor și din ce se compune scorul fiecărei clase", "the curve of scores with the limits of classes, and what the score of each class is made of";
    ABOUT_MAP = "scorul pe hartă și, unde s-a aplicat un program, etapele selecției; imaginile nu urmează ponderile schimbate", "the score on a map and, where a programme was applied, the phases of the selection; the pictures do not follow changed weights";
    MAP_SIMULATION = "Ponderi, praguri sau locuri schimbate: harta de mai jos este cea calculată de program; simularea este pe foaia", "Weights, cuts or places changed: the map below is the one the program computed; the simulation is on the sheet";
    // cover
    ILLUSTRATIVE = "METODOLOGIE ILUSTRATIVĂ: cifrele metodei sunt ipoteze, neadoptate prin niciun act", "ILLUSTRATIVE METHODOLOGY: its numbers are assumptions, adopted by no act";
    ILLUSTRATIVE_WORD = "ilustrativă", "illustrative";
    ADOPTED_WORD = "adoptată prin", "adopted by";
    METHODOLOGY = "Metodologie", "Methodology";
    VERSION = "versiunea", "version";
    STATUS = "Statut", "Status";
    ADOPTED_ACT = "Act de adoptare", "Adopting act";
    OF_DATE = "din", "of";
    REGISTER = "Registru", "Register";
    UNITS_COUNTED = "Unități în registru", "Units in the register";
    UNITS_SCORED = "Unități cu scor", "Units with a score";
    UNITS_UNSCORED = "Unități fără scor", "Units without a score";
    UNITS_RANKED = "Unități cu scor în distribuție", "Scored units in the distribution";
    DESCRIPTION = "Ce măsoară și ce nu", "What it measures and what it misses";
    DISTRIBUTION = "Distribuția care dă limite și poziții", "Distribution that sets bounds and ranks";
    DISTINCT_SCORES = "Scoruri distincte", "Distinct scores";
    FINDINGS = "Constatări deschise", "Open findings";
    OMITTED = "Indicatori omiși", "Omitted indicators";
    INDICATORS = "Indicatori", "Indicators";
    SIGN_OFF = "Întocmit / Aprobat", "Sign-off";
    PREPARED = "Întocmit", "Prepared by";
    APPROVED = "Aprobat", "Approved by";
    DATE = "Data", "Date";
    BAG = "Arhiva (tagmanifest-sha256.txt)", "Archive (tagmanifest-sha256.txt)";
    DIGESTS = "Amprente SHA-256", "SHA-256 digests";
    PROGRAM = "Program", "Program";
    CONTENTS = "Cuprins", "Contents";
    RESULT = "Rezultat", "Result";
    INPUT_FILES = "Fișiere de intrare", "Input files";
    SEE_SHEET = "vezi foaia", "see sheet";
    ROLE_STUDY = "studiu", "study";
    ROLE_METHODOLOGY = "metodologie", "methodology";
    ROLE_PROGRAMME = "program de selecție", "selection programme";
    ROLE_ROBUSTNESS = "incertitudini", "doubts";
    ROLE_REGISTER = "registru", "register";
    ROLE_ALIASES = "alias-uri", "aliases";
    // sources
    SOURCE = "Sursă", "Source";
    FILE = "Fișier", "File";
    SHEETS = "Foi citite", "Sheets read";
    FORMAT = "Format", "Format";
    ENCODING = "Codificare, separator", "Encoding, delimiter";
    PUBLISHER = "Publicat de", "Publisher";
    REFERENCE = "Referință", "Reference";
    CONCEPT = "Concept de populație", "Population concept";
    SERIES = "Serie", "Series";
    LEVEL = "Nivel", "Level";
    MEASURES = "Măsuri", "Measures";
    ROWS_USED = "Rânduri folosite", "Rows used";
    DIGEST = "SHA-256", "SHA-256";
    // print
    PAGE = "Pagina", "Page";
    PAGE_OF = "din", "of";
    // terminal
    WITH_SCORE = "cu scor", "with a score";
    STILL = "încă", "and";
    SAME_SCORE = "cu același scor", "with the same score";
    MOST_AT_RISK = "cele mai vulnerabile", "most at risk";
    WITHOUT_VALUE = "fără valoare pentru", "no value for";
    OUTSIDE_METHOD = "fără scor prin regulile metodei", "no score by the rules of the method";
    READ_FINDINGS = "toate constatările", "all findings";
    WRITTEN = "în dosarul", "written to";
    OPEN_REPORT = "raportul", "report";
}

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
    STATE_SUBSTITUTED = "în locul unei numărători mici", "in place of a small count";
    WITHHELD = "nepublicat", "withheld";
    STANDS_FOR_SMALL = "calculat din ce ține locul unei numărători mici (contur întrerupt)", "computed from what stands for a small count (broken outline)";
    STATE_WITHHELD = "nepublicat: ar dezvălui o numărătoare mică", "withheld: it would give a small count back";
    STATE_NOT_APPLICABLE = "nu se aplică", "not applicable";
    STATE_CONSTANT = "constant", "constant";
    SEARCH = "Caută nume, cod sau județ, cu sau fără diacritice", "Search name, code or county, with or without diacritics";
    SEARCH_CLEAR = "Șterge filtrele", "Clear filters";
    FILTER_ALL = "toate", "all";
    TABLE_REGION = "Tabelul unităților", "Table of units";
    TABLE_CAPTION = "Un titlu de coloană sortează tabelul; numele unei unități îi arată profilul.", "A column title sorts the table; the name of a unit shows its profile.";
    COUNT_SHOWN = "unități: {n} din {all}", "{n} of {all} units";
    SHOW_ALL = "Arată toate unitățile ({n})", "Show all {n} units";
}
