//! Mã lỗi và cảnh báo: what can be said to a user, as codes with facts; the words live in `render::catalogue`.

use std::fmt;
use std::io;
use std::ops::{Deref, DerefMut};

/// Declares the closed list of codes, so that every list of them is complete by construction.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Mã thông báo: every error, warning and note the program can utter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }
        impl Code {
            /// All codes, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];
            /// The stable printed form.
            pub const fn as_str(self) -> &'static str { match self { $(Code::$name => $text,)* } }
        }
    };
}

codes! {
    /// A flag, command or value the command line does not have.
    UnknownArgument = "E0101",
    /// A required flag or argument is missing.
    MissingArgument = "E0102",
    /// Two flags that exclude each other.
    ConflictingArguments = "E0103",
    /// A flag's value is none of the accepted ones.
    InvalidValue = "E0104",
    /// No arguments and no terminal to ask on.
    NothingToDo = "E0105",
    /// A workbook can only be written to a file.
    WorkbookNeedsFile = "E0198",
    /// A file in the place of a command, where nobody can be asked.
    CommandMissing = "E0106",
    /// Several files at once that no command reads together.
    DroppedSeveral = "E0107",
    /// A file that no command reads.
    FileUnrecognised = "E0108",
    /// A form that is known and not written.
    FormNotWritten = "E0150",
    /// A layout nobody knows.
    ProfileUnknown = "E0190",
    /// A `--set` that names no field or gives no value.
    SetForm = "E0191",
    /// A `--household` that says nothing known.
    HouseholdOption = "E0192",
    /// The input file cannot be read.
    UnreadableInput = "E0201",
    /// The input file is empty.
    EmptyInput = "E0202",
    /// The input is not UTF-8 text.
    NotUtf8 = "E0203",
    /// The input is not valid TOML.
    TomlSyntax = "E0204",
    /// A key the input does not have.
    UnknownKey = "E0205",
    /// A key is missing from the input.
    MissingKey = "E0206",
    /// A value of the wrong kind.
    WrongKind = "E0207",
    /// A table without the columns the command needs.
    MissingColumns = "E0210",
    /// Two columns that mean the same.
    DuplicateColumn = "E0211",
    /// A quotation mark that is never closed.
    UnclosedQuote = "E0212",
    /// Text between a closing quotation mark and the next separator.
    TextAfterQuote = "E0213",
    /// A cell longer than any real one.
    CellTooLong = "E0214",
    /// A row longer than any real one.
    RowTooLong = "E0215",
    /// A row with more or fewer cells than the heading.
    CellCount = "E0216",
    /// Bytes that are no text in the encoding of the table.
    CellEncoding = "E0217",
    /// A `--map` that names no column or no field.
    ColumnMap = "E0218",
    /// An encoding nobody knows.
    UnknownEncoding = "E0219",
    /// A workbook that is damaged, encrypted or none at all.
    WorkbookDamaged = "E0220",
    /// A workbook whose parts unfold to more than can be read.
    WorkbookTooLarge = "E0221",
    /// Formulas whose results were never stored.
    FormulaWithoutValue = "E0222",
    /// Merged cells inside the table.
    MergedCells = "E0223",
    /// A sheet the workbook does not have.
    UnknownSheet = "E0224",
    /// A Parquet file that is damaged or none at all.
    ParquetDamaged = "E0225",
    /// A column of a kind that has no place in a table of cells.
    ColumnKind = "E0226",
    /// A workbook or Parquet file through a pipe.
    NeedsFile = "E0227",
    /// A program built without this format.
    FormatLeftOut = "E0228",
    /// A required cell is empty.
    CellMissing = "E0229",
    /// The separator of the table.
    SeparatorFound = "N0230",
    /// The encoding of the table, where it is not UTF-8.
    EncodingFound = "N0231",
    /// Which columns were understood as what.
    ColumnsUnderstood = "N0232",
    /// Lines above the heading.
    TitleLinesSkipped = "N0233",
    /// Sheets that are not read.
    OtherSheets = "W0234",
    /// Columns that the program writes itself.
    ColumnsReplaced = "W0235",
    /// A form of which rows are missing.
    FormIncomplete = "E0296",
    /// How many pages of households were written, and where.
    SlipsWritten = "N0297",
    /// A form that was not in force on the day of payment.
    FormNotInForce = "W0297",
    /// A file of layouts that cannot be used.
    ProfileBroken = "E0290",
    /// A table that says more than a quote takes in.
    TableBeyondQuote = "E0193",
    /// Rows that a sheet hides and that are read.
    RowsHidden = "E0298",
    /// Sheets with the same heading that are not read.
    SheetsAlike = "E0297",
    /// Two columns of the same heading that say different things.
    TwinColumns = "E0291",
    /// Sections in the middle of a large table.
    SectionsNeedOrder = "E0292",
    /// A list too long for its people and totals to be compared.
    ListNotCompared = "E0236",
    /// A file that is no table, named for what it is.
    OtherKindOfFile = "E0295",
    /// A table that is known and holds nothing to compute.
    TableOfOtherKind = "E0294",
    /// A section of a list.
    SectionRow = "N0290",
    /// A total of a list.
    TotalRow = "N0291",
    /// Notes, signatures, numbers of columns.
    FormText = "N0292",
    /// Somebody who leaves or is paid back.
    NoPremium = "N0293",
    /// The layout of the table.
    ProfileFound = "N0294",
    /// What holds for rows that do not say it themselves.
    FactsForAll = "N0295",
    /// Sheets that are read as one table.
    SheetsRead = "N0251",
    /// A household that stands on two sheets.
    HouseholdOnSheets = "E0452",
    /// A web page that was read as a table.
    PageRead = "N0250",
    /// A line above the heading about support, which nothing follows.
    TitleMatters = "E0450",
    /// Another sheet than the first has the heading.
    SheetFits = "N0296",
    /// A column about money that was not understood.
    MoneyColumnLeftOut = "E0293",
    /// A column that was not understood says something else than what was computed.
    OddColumn = "E0299",
    /// A text that is not an amount.
    AmountForm = "E0301",
    /// An amount that can be read in two ways.
    AmountAmbiguous = "E0302",
    /// An amount below zero or beyond what can be computed exactly.
    AmountRange = "E0303",
    /// A group nobody knows.
    UnknownGroup = "E0304",
    /// A name several groups answer to.
    AmbiguousGroup = "E0305",
    /// The group's premium rests on an amount that was not given.
    SalaryMissing = "E0306",
    /// An amount was given that the group's premium does not rest on.
    SalaryUnused = "W0307",
    /// A circumstance nobody knows.
    UnknownTag = "W0308",
    /// A salary below the lowest that compulsory social insurance rests on.
    SalaryBelowLeast = "W0309",
    /// A text that is no percent.
    PercentForm = "E0390",
    /// More support than the person's part.
    SupportBeyondPart = "E0391",
    /// Amounts in the table that are not those computed.
    StatedDiffers = "E0392",
    /// What a table declares for fund or patient is not what is computed.
    DeclaredDiffers = "E0397",
    /// A check of the audit found something in rows of a table.
    RowsFound = "E0398",
    /// A table of visits has the facts of some checks of the audit only.
    TableChecks = "W0398",
    /// Visits beyond what is remembered, among which copies and overlaps are not looked for.
    VisitsForgotten = "E0399",
    /// Another share of the budgets than the law has.
    BudgetDiffers = "E0393",
    /// A base salary that is not the one of the day of payment.
    OtherBaseSalary = "E0394",
    /// A total row that does not add up.
    TotalDisagrees = "E0395",
    /// A number of people that is not that of the rows.
    CountDisagrees = "E0396",
    /// Support stated in rows that a simulation does not ask about.
    SupportNotSimulated = "W0396",
    /// The list stands in place of a recorded local policy.
    SupportAsListed = "W0395",
    /// No member at all, or more than can be one household.
    MemberCount = "E0401",
    /// A member of the household is insured otherwise.
    NoRank = "N0402",
    /// A place on the household ladder that is no number.
    RankForm = "E0403",
    /// Rows of one household that do not stand together.
    HouseholdSplit = "E0404",
    /// More rows than one household can have.
    HouseholdTooLarge = "E0405",
    /// Household members without household or place.
    HouseholdUnknown = "E0490",
    /// A percent that is no step of the ladder.
    NoLadderStep = "E0491",
    /// An amount that says no place in the household.
    AmountFitsNoPlace = "E0492",
    /// A place in the household read from the stated amount.
    PlaceFromAmount = "W0493",
    /// A plan or section that a row alone cannot answer.
    PlanUnknown = "E0494",
    /// A share below one percent that is a fraction.
    ShareAsFraction = "W0390",
    /// A number that stands beside another name further up.
    NumberAgain = "W0496",
    /// Rows about somebody who stands further up.
    PersonAgain = "E0496",
    /// Notes that may change what somebody pays.
    NoteMatters = "E0497",
    /// A last day of cover that is not that of the months.
    LastDayDiffers = "E0498",
    /// The year of birth is not enough.
    BornYearDecides = "W0495",
    /// A visit has cards of several groups, and they pay differently.
    CardsDecide = "E0499",
    /// A text that is not a day.
    DateForm = "E0501",
    /// A day the calendar does not have.
    DateImpossible = "E0502",
    /// A two-digit year.
    DateShortYear = "E0503",
    /// A number of months the law has no card for.
    MonthsRange = "E0504",
    /// Cover ends before it starts, birth after payment and the like.
    DateOrder = "E0505",
    /// A number of months that is not one of the payment cycles.
    MonthsUnusual = "W0506",
    /// The months end on a day the month does not have.
    MonthEnd = "W0507",
    /// A date the user left out was filled in.
    DateAssumed = "N0508",
    /// The card is taken as a first one.
    FirstCardAssumed = "N0509",
    /// The card ends before the months that are paid for.
    PaidBeyondCard = "W0510",
    /// The state pays for a child up to an age that is reached inside the months asked for.
    ChildPaidUntil = "W0511",
    /// The card starts on the day of a decision that was not given.
    CardByDecision = "N0512",
    /// The first day of cover is earlier than the law has it.
    FirstDayAsGiven = "N0513",
    /// Nothing beyond the end of school can be paid for: fewer months than asked for are charged.
    MonthsCut = "W0552",
    /// The year in which grade 1 begins was taken from the day of payment.
    SchoolYearAssumed = "W0553",
    /// A first card that pays for high technology only later.
    HighTechnologyWait = "N0554",
    /// Lines of a table of debts that cannot be computed.
    DebtsRefused = "W0258",
    /// Months in which there is no cover.
    MonthWithoutCover = "W0557",
    /// A group with an order of its own was preferred to a labour contract.
    OrderByLetter = "W0657",
    /// The household form would cost less.
    CheaperForm = "N0658",
    /// The card does not end on the common day.
    CommonEndMissed = "N0558",
    /// A refund after a raise of support without the shares: taken as raised to the whole.
    RaisedToWhole = "W0655",
    /// A late charge that is counted by the month and, from 2025-07-01 on, by the day.
    LateAcrossLaws = "W0656",
    /// Interest of before 2015, counted by a convention.
    LateByConvention = "W0649",
    /// The interest rate of a year is not recorded.
    LateRateMissing = "E0649",
    /// A refund that no text in force names.
    RefundCarriedOn = "W0659",
    /// The recorded law has no answer for the date.
    NotInForce = "E0601",
    /// A policy whose figures were not found.
    PolicyUnrecorded = "E0602",
    /// A place without any recorded policy.
    UnknownProvince = "E0603",
    /// The recorded law does not say what becomes of a special month.
    SpecialMonthUnrecorded = "E0607",
    /// Nothing says which of several contracts counts.
    ContractUndecided = "E0608",
    /// No contract is long enough to count.
    ContractTooShort = "E0609",
    /// A person with several categories joins under one of them.
    CategoryChosen = "N0612",
    /// The support changes inside the paid months.
    SupportChanges = "N0613",
    /// A policy asks for a circumstance that is taken as given.
    FactPresumed = "N0614",
    /// The person may choose the household form.
    HouseholdFormPossible = "N0615",
    /// One of several contracts counts.
    ContractChosen = "N0616",
    /// The contract signed first stands in for the one compulsory insurance rests on.
    ContractBySignature = "W0617",
    /// Days can be moved only for people who all pay on one day.
    ShiftNeedsOneDay = "E0610",
    /// A simulation without anything that changes.
    NothingChanges = "W0618",
    /// People who cannot be computed on one side are left out.
    RowsLeftOut = "W0619",
    /// A version of the second rulebook that nobody verified: a scenario.
    ScenarioVersion = "W0620",
    /// A day was given for rows of the other kind.
    DayOfOtherRows = "E0611",
    /// What the rows of a table were taken for.
    RowsUnderstood = "N0621",
    /// Rows of a simulation with warnings of their own.
    RowsWarned = "W0622",
    /// The rulebook's hash is not the one asked for.
    RulebookHash = "E0604",
    /// The rulebook did not pass its checks.
    RulebookRefused = "E0605",
    /// `--strict` and a warning.
    StrictWarning = "E0606",
    /// A rule version that nobody verified.
    Unverified = "W0601",
    /// A date beyond the day until which the family was verified.
    BeyondVerified = "W0602",
    /// A rule applied by analogy where the text is silent.
    ByAnalogy = "W0603",
    /// A circumstance that needs a date to be decided.
    TagWithoutDate = "W0604",
    /// A local policy came from a province that has since merged.
    LocalPolicyApplied = "N0605",
    /// Base frozen at payment: nothing is topped up or refunded.
    BaseFrozen = "N0606",
    /// The base salary changes inside the paid period.
    BaseChanges = "N0607",
    /// A local policy is met whose percentage was not found.
    LocalUnrecorded = "W0609",
    /// A search for local support of the place found none.
    NoLocalSupportFound = "N0640",
    /// Nobody has looked for local support of the place on this day.
    PlaceNotSearched = "W0641",
    /// A local policy without an end that has not been seen in force for long.
    LocalPolicyStale = "W0642",
    /// A local policy holds in the former territory of a province only.
    FormerTerritoryPresumed = "W0643",
    /// Sources contradict each other on a local policy: the reading that was taken.
    LocalReadingTaken = "W0644",
    /// A code of a place on a day before the codes were in force.
    PlaceCodeTooEarly = "E0645",
    /// A local policy that a further circumstance would bring within reach.
    SupportWithinReach = "N0646",
    /// More local policies than were named that a further circumstance would bring within reach.
    MoreSupportWithinReach = "N0648",
    /// A place that has merged into another.
    PlaceMerged = "N0647",
    /// The state supports the group, but no condition of its policies is met.
    SupportNotMet = "W0610",
    /// The province has local policies that were not applied.
    LocalPolicyPossible = "N0611",
    /// A change of school status ends the card early.
    SchoolCalendar = "N0608",
    /// Facts about facility or route are missing, without which no rate can be picked.
    VisitFactsMissing = "E0701",
    /// A visit code nobody knows.
    UnknownVisitCode = "E0702",
    /// A visit code that no rule decides.
    VisitCodeUndecided = "E0703",
    /// The recorded law has no rate for such a visit.
    RateUnrecorded = "E0704",
    /// A visit code that does not exist for the setting.
    VisitCodeSetting = "E0705",
    /// No card is valid when treatment begins.
    NoCard = "E0706",
    /// Amounts that cannot be parts of each other: covered above hospital cost, other sources above both.
    CostOrder = "E0707",
    /// A reading nobody knows.
    UnknownReading = "E0708",
    /// A second reading was asked for that this visit does not touch.
    ReadingUnused = "N0709",
    /// The visit code and the facts give different rates.
    CodeContradictsFacts = "W0710",
    /// The digit on the card is not the level of the group.
    CardDigitContradicts = "W0711",
    /// The law is silent; this reading was taken.
    ReadingTaken = "N0712",
    /// Old and new rule were compared for a stay that spans a change.
    MoreFavourableRule = "N0713",
    /// The level depends on an age that was not given.
    LevelAgeUnknown = "W0714",
    /// Lines after the end of the card are not insured.
    CardExpired = "W0715",
    /// A fact that was not given was filled in and matters.
    FactAssumed = "N0716",
    /// A service ratio that the rules do not know for the kind of line.
    ServiceRatioUnusual = "W0717",
    /// A further examination of the day was counted at its ratio.
    ExamRatioApplied = "N0718",
    /// Supplies of one use of a service passed their cap.
    SupplyCapApplied = "N0719",
    /// The annual ceiling was reached.
    CeilingReached = "N0720",
    /// Direct payment was limited.
    DirectPaymentLimited = "N0721",
    /// A public price limits the insured price.
    PriceCapApplied = "N0722",
    /// The cap of a private facility's price was not given.
    PriceCapUndecided = "W0723",
    /// The year's co-payment was given without dates although the base salary changed.
    CopaidUndated = "W0724",
    /// A stay with totals only spans a change that would divide it.
    TotalsUndivided = "W0725",
    /// List ratios do not apply to the person.
    NoListRatios = "N0726",
    /// A visit code on a day before its list; the facts decide.
    CodeNotRecorded = "W0727",
    /// Other sources paid more than the part they were meant for.
    AidBeyondPart = "W0728",
    /// A line on a day before admission or after discharge.
    LineOutsideStay = "W0729",
    /// The group has no right to transport.
    TransportNoRight = "N0730",
    /// The transfer is not one of those paid for.
    TransportWrongWay = "N0731",
    /// The card of a child ended before the visit.
    ChildCardEnded = "W0737",
    /// The transport invoice is missing.
    InvoiceMissing = "E0732",
    /// An approved price that does not count on the day.
    ApprovedPriceUnused = "N0733",
    /// Several patients in one vehicle are paid as one.
    PatientsAsOne = "N0734",
    /// More cards registered than there are, more primary care than fund, and the like.
    FundFigures = "E0735",
    /// The first letter of a claim file is no `<`.
    NotXml = "E0750",
    /// Broken markup.
    XmlSyntax = "E0751",
    /// The file ends inside an element.
    XmlTruncated = "E0752",
    /// Elements nested beyond the limit.
    XmlDepth = "E0753",
    /// A document type declaration.
    XmlDoctype = "E0754",
    /// An entity that XML does not define.
    XmlEntity = "E0755",
    /// A NUL byte.
    XmlNul = "E0756",
    /// Bytes that are neither UTF-8 nor marked UTF-16.
    XmlEncoding = "E0757",
    /// One tag, comment or text beyond the limit.
    XmlTooLong = "E0758",
    /// A second root element.
    XmlTwoRoots = "E0759",
    /// Base64 that cannot be decoded.
    PartBase64 = "E0760",
    /// A part beyond the limit.
    PartTooLarge = "E0761",
    /// A part inside a part.
    PartInsidePart = "E0762",
    /// A decoded part that is not XML.
    PartNotXml = "E0763",
    /// A claim without its summary.
    SummaryMissing = "E0764",
    /// A claim with two summaries.
    SummaryTwice = "E0765",
    /// An item inside an item.
    ItemNested = "E0766",
    /// More lines than a claim can have.
    LinesTooMany = "E0767",
    /// XML without any claim.
    NoClaims = "E0768",
    /// Folders in folders beyond any real depth.
    FoldersTooDeep = "E0740",
    /// A file beyond the limit.
    FileTooLarge = "E0769",
    /// A broken archive.
    ZipBroken = "E0770",
    /// An archive that unpacks to more than it may.
    ZipTooLarge = "E0771",
    /// An encrypted member.
    ZipEncrypted = "E0772",
    /// A member whose name points outside.
    ZipName = "E0773",
    /// An archive inside an archive.
    ZipNested = "E0774",
    /// More members than an archive may have.
    ZipMembers = "E0775",
    /// An archive where a stream was expected.
    ZipOnStream = "E0776",
    /// A written examination ratio is above its rank, or all together above twice a price.
    ExamRatioTooHigh = "W0781",
    /// A written ratio of an intervention is not that of its operation.
    OperationRatioDiffers = "W0782",
    /// Several operations of a day all at the full price.
    OperationsAtFullPrice = "W0783",
    /// More bed days than the stay has.
    BedDaysAbove = "W0784",
    /// Bed days of a stay within one day whose hours are not known.
    BedHoursUnknown = "W0785",
    /// The facility bears the difference between two prices.
    DifferenceBorneByFacility = "N0786",
    /// A line of the day on which the card was shown, without its hour.
    LineHourUnknown = "W0787",
    /// A visit code that counts only in circumstances that no fact tells.
    CodeOnlyWhen = "W0788",
    /// Supplies of one day without a package, together above the cap of one use.
    SuppliesWithoutPackage = "W0789",
    /// Days of a stay that no ward has.
    BedDaysUncovered = "W0738",
    /// Something beside the insurance to which the person has no right.
    ExtraNotDue = "W0739",
    /// A claim whose standard cannot be told.
    StandardUnknown = "E0780",
    /// The envelope declares more claims than the file holds.
    FileCut = "E0777",
    /// The sums of a claim lie on both sides of the limit of a cheap visit.
    SumsContradict = "E0778",
    /// Lines of a claim are missing, or its amounts cannot be trusted.
    ClaimNotWhole = "E0779",
    /// A check-in notice, which holds no costs.
    CheckInFile = "E0736",
    /// More wrappers around a claim file than are taken off.
    TooManyWrappers = "E0710",
    /// A zip archive inside a wrapper.
    ArchiveInWrapper = "E0711",
    /// A write failed.
    WriteFailed = "E0801",
    /// The output file exists.
    OutputExists = "E0802",
    /// What is to be resumed was another input, rulebook or command.
    ResumeMismatch = "E0803",
    /// The run goes on after what was written before.
    Resumed = "N0804",
    /// There is nothing to go on from.
    NothingToResume = "N0805",
    /// `--strict` and rejected rows.
    StrictRows = "E0806",
    /// The output would overwrite the input.
    OutputIsInput = "E0807",
    /// Another run writes the output file.
    OutputBusy = "E0808",
    /// The output is no plain file.
    OutputNotAFile = "E0809",
    /// The accounts of a unit state a period twice.
    LedgerPeriodTwice = "E0860",
    /// Some rows of a ledger name their period and others do not.
    LedgerPeriodMissing = "E0861",
    /// A text that is no month, quarter or year.
    LedgerPeriodForm = "E0862",
    /// A row is a payment of a day and a row of dues at once.
    LedgerTwoThings = "E0867",
    /// A text that is no number of persons.
    CountForm = "E0868",
    /// A text that is no percent of coverage.
    TargetRateForm = "E0869",
    /// A commune that stands twice with different numbers.
    CommuneTwice = "E0870",
    /// A table longer than such tables are.
    ReportTooLong = "E0871",
    /// A second list of persons.
    ListTwice = "E0872",
    /// What a table of communes states does not follow from its other numbers.
    CountMismatch = "W0873",
    /// Persons, cards and communes of a list that stand more than once.
    PersonsCounted = "N0874",
    /// The list has no numbers of persons.
    PersonsUnknown = "W0875",
    /// As what the missing persons are valued.
    GapValued = "N0876",
    /// Shares of groups that are not the whole.
    GapSharesSum = "E0877",
    /// Nobody whose group could be seen.
    GapNothingSeen = "E0878",
    /// A heading of several groups, each with a premium of its own.
    GapGroupUnclear = "E0879",
    /// Where the proportions of the missing persons come from.
    GapObserved = "N0880",
    /// A province of a table that the register does not have.
    GapProvinceUnknown = "W0881",
    /// A period of the fund that is not over, without the months its amounts are of.
    FundPeriodOpen = "W0882",
    /// Communes without a target beside others that have one.
    TargetsUnsaid = "W0883",
    /// Rows of a ledger that say the same in every cell.
    RowsRepeated = "W0884",
    /// A table and the command line name two units of money.
    MoneyUnitsDiffer = "E0885",
    /// The unit of money that a table names.
    MoneyUnitRead = "N0977",
    /// Numbers of people in thousands.
    CountsInThousands = "E0978",
    /// What a ledger states does not follow from its other cells.
    LedgerMismatch = "W0863",
    /// Amounts of which it cannot be told what paying late costs.
    LedgerUndecided = "N0864",
    /// Rows of a report that could not be read.
    ReportRowsRejected = "W0865",
    /// Rows that are sums, titles or signatures.
    ReportRowsAside = "N0866",
    /// A check of the program's own result failed.
    Internal = "E0901",
    /// The share for care changes inside a period.
    FundShareChanges = "E0960",
    /// A period of the fund stands twice.
    FundPeriodTwice = "E0961",
    /// The care fund of a table is not the share of the day.
    FundCareDiffers = "W0962",
    /// The spending of a whole period is estimated.
    FundEstimate = "N0963",
    /// A case of a conformance pack cannot be read.
    PackBroken = "E0964",
    /// The program under test cannot be run, or ended too early.
    ConformProgram = "E0965",
    /// The program under test gives something else than the pack.
    ConformDiffers = "W0966",
    /// Cases that the program under test does not answer.
    ConformLeftOut = "N0967",
    /// A column of a report that has numbers and was not understood.
    ReportColumnLeftOut = "W0968",
    /// Two periods of one account have days in common.
    PeriodsOverlap = "E0969",
    /// Units that pay and owe nothing.
    PaymentsWithoutDues = "W0970",
    /// Communes of a list that no table of numbers has.
    CommunesUnmatched = "W0971",
    /// Communes without a number of participants.
    ParticipantsUnsaid = "W0972",
    /// A target that may be persons or percent.
    TargetUnclear = "E0973",
    /// People and visits of one reform are added up as they stand.
    ReformTogether = "N0975",
    /// A name that several communes have.
    CommuneAmbiguous = "E0974",
    /// The user stopped the program.
    Stopped = "E0902",
    /// Cases that travel with the program come out otherwise.
    DoctorCases = "W0903",
    /// The same with rules of the user.
    DoctorOwnRules = "W0904",
    /// The program file is not what was built.
    DoctorDamaged = "W0905",
    /// No result can be written to a folder.
    DoctorFolder = "W0906",
    /// A folder on which files cannot be locked.
    DoctorLocks = "W0907",
    /// Little room on a disk.
    DoctorSpace = "W0908",
    /// The screen is set to another encoding.
    DoctorLetters = "W0909",
    /// The clock is behind the newest document.
    DoctorClock = "W0910",
}

impl Code {
    /// The code with a printed form, if there is one.
    pub fn parse(text: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text.trim()))
    }

    /// Something that was given is left out of the result: the exit code says so.
    pub const fn leaves_out(self) -> bool {
        matches!(self, Code::UnknownTag | Code::BedDaysUncovered | Code::ExtraNotDue)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Một thông báo: a code and the facts that its sentence names.
///
/// Facts never hold personal data: places, values of flags and rule ids, not names or card numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(Box<ProblemFacts>);

/// What a problem says: behind one pointer, so that results that nearly always are none fit into registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemFacts {
    /// What is the matter.
    pub code: Code,
    /// Facts by the name the sentence uses for them.
    pub facts: Vec<(&'static str, String)>,
    /// Where: a flag, a file place, a row and heading; empty when the place is the whole input.
    pub place: String,
}

/// Fact that names the members, by number, whom a problem concerns; it concerns all where there is none.
pub const MEMBERS: &str = "members";

impl Problem {
    /// A problem without facts or place.
    pub fn new(code: Code) -> Problem {
        Problem(Box::new(ProblemFacts { code, facts: Vec::new(), place: String::new() }))
    }

    /// Cảnh báo: a code that `--strict` refuses.
    pub fn is_warning(&self) -> bool {
        self.code.as_str().starts_with('W')
    }

    /// The same with one more fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl fmt::Display) -> Problem {
        self.facts.push((name, fact.to_string()));
        self
    }

    /// The same with why the system refused, as a word that `render` puts into the user's language.
    #[must_use]
    pub fn because(self, error: &io::Error) -> Problem {
        match error.kind() {
            io::ErrorKind::Other => self.with("cause", error),
            // The kind of an error that has none of its own prints as "Uncategorized".
            kind if format!("{kind:?}") == "Uncategorized" => self.with("cause", error),
            kind => self.with("cause", format!("{kind:?}")),
        }
    }

    /// The same at a place, unless it already has a nearer one.
    #[must_use]
    pub fn at(mut self, place: impl fmt::Display) -> Problem {
        if self.place.is_empty() {
            self.place = place.to_string();
        }
        self
    }
}

/// For logs and `?`: the code and facts; people read `render::catalogue`.
impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.code)?;
        self.facts.iter().try_for_each(|(name, fact)| write!(out, " {name}={fact}"))
    }
}

impl std::error::Error for Problem {}

impl Deref for Problem {
    type Target = ProblemFacts;
    fn deref(&self) -> &ProblemFacts {
        &self.0
    }
}

impl DerefMut for Problem {
    fn deref_mut(&mut self) -> &mut ProblemFacts {
        &mut self.0
    }
}
