//! The names of sheets, what stands on the cover and in the terminal.

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
    DISTRIBUTION = "Distribuția care dă limite și locuri", "Distribution that sets bounds and ranks";
    DISTINCT_SCORES = "Scoruri distincte", "Distinct scores";
    FINDINGS = "Constatări deschise", "Open findings";
    OMITTED = "Indicatori omiși", "Omitted indicators";
    INDICATORS = "Indicatori", "Indicators";
    SIGN_OFF = "Asumare", "Sign-off";
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
