using System.Text.Json.Serialization;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Revisits.Domain;

/// <summary>回訪形式.</summary>
internal enum RevisitForm
{
    Visit,
    Phone,
    Letter,
    Meeting,
}

/// <summary>What an extra visit is for, one that a person adds to the plan (P2.1.2).</summary>
internal enum ExtraVisit
{
    /// <summary>季節性回訪: roofs before the rains, heating before the winter.</summary>
    Seasonal,

    /// <summary>技術性回訪: how new materials, techniques or equipment do.</summary>
    Technical,

    /// <summary>保修期滿前的回訪.</summary>
    BeforeTermEnds,

    /// <summary>The owner or a user asked for it.</summary>
    OnRequest,
}

/// <summary>Who must attend (P2.2.1), and everyone else.</summary>
internal enum Seat
{
    /// <summary>Of the corporate authorised person (法人授權人), who leads.</summary>
    Lead,
    ChiefEngineer,
    TechnicalHead,
    EngineeringHead,
    QualityHead,
    Other,
}

/// <summary>A person who took part.</summary>
/// <param name="Seat">Whose place.</param>
/// <param name="PersonId">The person, where they are in the registry.</param>
/// <param name="Name">Printed name.</param>
/// <param name="SubstituteReason">Why another person than the holder of the seat came; null for the holder.</param>
internal sealed record Attendee(Seat Seat, Guid? PersonId, string Name, string? SubstituteReason = null);

internal enum FindingSeverity
{
    Minor,
    Major,

    /// <summary>Structure, safety, loss of an essential function (P3.2.1).</summary>
    Emergency,
}

/// <summary>An input after which the revisit has these findings, new or changed.</summary>
internal interface IFindings
{
    IEnumerable<Finding> On(Revisit revisit);
}

/// <summary>A quality problem or hazard that a revisit found (P2.2.2).</summary>
/// <param name="Id">The finding: repair order and corrective action refer to it.</param>
/// <param name="Part">Part code of Table 3.1.</param>
/// <param name="Location">Where in the building.</param>
/// <param name="Description">What was found.</param>
/// <param name="Severity">How serious.</param>
/// <param name="RepairWanted">A repair order opens for it.</param>
/// <param name="CapaWanted">A construction fault that must not recur: a CAPA opens for it (P2.2.3).</param>
/// <param name="Explanation">The contractor's explanation, needed for a construction fault (P2.2.2).</param>
/// <param name="ProposedSolution">The solution that the contractor proposes, needed for a construction fault
/// (P2.2.2).</param>
/// <param name="Lesson">教訓, needed for a construction fault before the file closes (P2.2.3).</param>
/// <param name="CorrectiveMeasure">整改措施: what puts this fault right for good, needed likewise.</param>
/// <param name="Countermeasure">防範對策: what keeps it from coming back elsewhere, needed likewise.</param>
internal sealed record Finding(
    Guid Id,
    string Part,
    string Location,
    string Description,
    FindingSeverity Severity,
    bool RepairWanted,
    bool CapaWanted,
    string? Explanation,
    string? ProposedSolution,
    string? Lesson = null,
    string? CorrectiveMeasure = null,
    string? Countermeasure = null
) : IFindings
{
    /// <summary>The group of faults whose CAPA is for this finding, too; null where none was asked for (P3.3.2).</summary>
    public Guid? CapaGroupId { get; init; }

    /// <summary>Those of the texts of P2.2.3 that are not on record; the cause is with the assessment.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> MissingTexts =>
        [
            .. new[]
            {
                ("lesson", Lesson),
                ("corrective-measure", CorrectiveMeasure),
                ("countermeasure", Countermeasure),
            }
                .Where(text => TextFolding.IsBlank(text.Item2))
                .Select(text => text.Item1),
        ];

    /// <summary>For construction faults the contractor explains and proposes a solution.</summary>
    public bool IsAnswered => !CapaWanted || IsExplained;

    IEnumerable<Finding> IFindings.On(Revisit revisit) => [this];

    public bool IsExplained => !string.IsNullOrWhiteSpace(Explanation) && !string.IsNullOrWhiteSpace(ProposedSolution);
}

/// <summary>The main cause of a finding as a code, so that what recurs can be counted (P2.2.3).</summary>
internal enum CauseCode
{
    /// <summary>設計.</summary>
    Design,

    /// <summary>材料.</summary>
    Material,

    /// <summary>基層處理.</summary>
    BasePreparation,

    /// <summary>節點、搭接.</summary>
    Jointing,

    /// <summary>施工操作.</summary>
    Workmanship,

    /// <summary>養護.</summary>
    Curing,

    /// <summary>成品保護.</summary>
    ProductProtection,

    /// <summary>安裝.</summary>
    Installation,

    /// <summary>試驗、檢驗遺漏.</summary>
    TestOmitted,

    /// <summary>沉降.</summary>
    Settlement,

    /// <summary>使用、改動.</summary>
    Use,

    /// <summary>不可抗力.</summary>
    ForceMajeure,

    /// <summary>None of these; two of them have nothing in common.</summary>
    Other,
}

/// <summary>Why a CAPA must open for a finding (P2.2.3).</summary>
internal enum CapaGround
{
    /// <summary>Quality calls the fault systemic.</summary>
    Systemic,

    /// <summary>Part and cause recur in the project.</summary>
    RecursInProject,

    /// <summary>Part and cause recur in several projects.</summary>
    RecursInProjects,
}

/// <summary>Who spoke for the owner at the revisit.</summary>
internal sealed record OwnerRepresentative(string Name, string? Phone);

/// <summary>The record of a revisit that took place.</summary>
internal sealed record HeldRecord(
    DateOnly On,
    RevisitForm Form,
    IReadOnlyList<Attendee> Attendees,
    IReadOnlyList<Finding> Findings,
    OwnerRepresentative? Owner,
    string? OwnerOpinion,
    Guid? UserId = null
);

/// <summary>How an opinion was given that is recorded instead of signed.</summary>
internal enum OpinionMethod
{
    Phone,
    Letter,
    OnSite,
}

/// <summary>記錄 instead of 簽章 on form 3.3.1: an opinion that somebody of the company took down.</summary>
/// <param name="GivenBy">Who gave it, in print.</param>
/// <param name="Method">How.</param>
/// <param name="On">When.</param>
/// <param name="WhyUnsigned">Why a visit has no signature; null after a phone call or a letter.</param>
/// <param name="TakenDown">By whom, and when it was recorded.</param>
internal sealed record OpinionRecord(
    string GivenBy,
    OpinionMethod Method,
    DateOnly On,
    string? WhyUnsigned,
    Stamp TakenDown
);

/// <summary>The head of form 3.3.1 as it was when the opinion under it was signed or recorded: a later name changes
/// nothing of that.</summary>
internal sealed record FormHeading(
    string Project,
    string Owner,
    string ContractNumber,
    decimal BuildingAreaSquareMetres,
    string StructureType,
    DateOnly? HandedOverOn,
    string QualityGrade
)
{
    public static FormHeading Of(Project project) =>
        new(
            project.Name,
            project.OwnerName,
            project.ContractNumber,
            project.BuildingAreaSquareMetres,
            project.StructureType,
            project.HandedOverOn,
            project.QualityGrade
        );
}

/// <summary>Who answers for a finding.</summary>
internal enum Liability
{
    /// <summary>The contractor's own work.</summary>
    Contractor,

    /// <summary>The part of a subcontractor (P3.1.1).</summary>
    Subcontractor,

    /// <summary>Use, alteration or neglect by the owner.</summary>
    Owner,

    /// <summary>Design, material supplier, force majeure.</summary>
    ThirdParty,
}

/// <summary>Quality's decision about one finding (P2.2.3).</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Liability">Who answers for it.</param>
/// <param name="Cause">The main cause.</param>
/// <param name="ResponsibleUnit">Unit or department that it is assigned to.</param>
/// <param name="ResponsibleUnitId">The subcontractor whose part it is (P3.1.1); null for everyone else.</param>
/// <param name="CauseCode">The cause as a code.</param>
/// <param name="Systemic">Whether quality calls the fault systemic.</param>
/// <param name="CapaGround">Why a CAPA must open; null where it can.</param>
internal sealed record FindingLiability(
    Guid FindingId,
    Liability Liability,
    string Cause,
    string ResponsibleUnit,
    Guid? ResponsibleUnitId = null,
    CauseCode CauseCode = CauseCode.Other,
    bool Systemic = false,
    CapaGround? CapaGround = null
)
{
    /// <summary>The construction is at fault, the contractor's own or a subcontractor's.</summary>
    [JsonIgnore]
    public bool IsConstructionFault => Liability is Liability.Contractor or Liability.Subcontractor;
}

/// <summary>What of a finding is missing.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Missing">What.</param>
internal sealed record MissingOfFinding(Guid FindingId, IReadOnlyList<string> Missing);

/// <summary>Cause and liability on form 3.3.1, by the quality department.</summary>
internal sealed record LiabilityAssessment(IReadOnlyList<FindingLiability> Findings, string? Remarks, Stamp By);

/// <summary>What is done, on form 3.3.1, by the head of engineering.</summary>
internal sealed record Disposition(string Text, Stamp By);

/// <summary>A new date, inside the limits of the project.</summary>
/// <param name="On">The date.</param>
/// <param name="From">Handover, or the horizon where that lies before it.</param>
/// <param name="Through">Horizon of the plan.</param>
/// <param name="IsExplained">Whether there is a reason for another date than the present one.</param>
internal sealed record PlannedDate(DateOnly On, DateOnly From, DateOnly Through, bool IsExplained = true);

/// <summary>A cancellation.</summary>
/// <param name="Active">Revisits of the project that are not cancelled, this one among them.</param>
internal sealed record CancelInput(int Active);

/// <summary>A held record with what it is checked against.</summary>
internal sealed record HoldInput(HeldRecord Record, ProjectTeam Team, DateOnly From, DateOnly Through) : IFindings
{
    IEnumerable<Finding> IFindings.On(Revisit revisit) => Record.Findings;
}

/// <summary>Decisions about findings, with the packages of the project: a subcontractor answers for its own
/// part.</summary>
internal sealed record AssessInput(LiabilityAssessment Assessment, IReadOnlyList<SubcontractPackage> Packages);

/// <summary>What is asked for about a finding after it was recorded; a part that is null stays as it was.</summary>
internal sealed record FollowUpInput(
    Guid FindingId,
    bool? RepairWanted,
    bool? CapaWanted,
    string? Explanation,
    string? ProposedSolution,
    string? Lesson = null,
    string? CorrectiveMeasure = null,
    string? Countermeasure = null
) : IFindings
{
    IEnumerable<Finding> IFindings.On(Revisit revisit) =>
        revisit.Finding(FindingId) is { } before ? [After(before)] : [];

    /// <summary>How the finding stands then.</summary>
    public Finding After(Finding before) =>
        before with
        {
            RepairWanted = RepairWanted ?? before.RepairWanted,
            CapaWanted = CapaWanted ?? before.CapaWanted,
            Explanation = Explanation ?? before.Explanation,
            ProposedSolution = ProposedSolution ?? before.ProposedSolution,
            Lesson = Lesson ?? before.Lesson,
            CorrectiveMeasure = CorrectiveMeasure ?? before.CorrectiveMeasure,
            Countermeasure = Countermeasure ?? before.Countermeasure,
        };

    /// <summary>What was asked for runs in another service, where it is withdrawn.</summary>
    public bool TakesBack(Finding before) =>
        (before.RepairWanted && RepairWanted == false) || (before.CapaWanted && CapaWanted == false);
}

/// <summary>An input that needs the owner's opinion.</summary>
internal interface INeedsOpinion
{
    string? OpinionOn(Revisit revisit);
}

/// <summary>The file is to be closed: the form must hold the owner's opinion.</summary>
internal sealed record CloseInput : INeedsOpinion
{
    public string? OpinionOn(Revisit revisit) => revisit.OwnerOpinion;
}

/// <summary>The owner's opinion and signature. What is signed is not changed afterwards.</summary>
/// <param name="Opinion">The opinion; null leaves the one recorded before.</param>
/// <param name="PrintedName">Who signs for the owner, in print.</param>
/// <param name="ImageId">File with the signature, where it is handed in.</param>
/// <param name="ImageIsKnown">Whether that attachment is a signature of this revisit.</param>
/// <param name="UserId">The user of the project whose opinion it is; null leaves whose it was before.</param>
internal sealed record SignInput(
    string? Opinion,
    string PrintedName,
    Guid? ImageId,
    bool ImageIsKnown,
    Guid? UserId = null
) : INeedsOpinion
{
    public string? OpinionOn(Revisit revisit) => Opinion ?? revisit.OwnerOpinion;
}

/// <summary>An opinion that is recorded instead of signed.</summary>
/// <param name="Opinion">The opinion; null leaves the one recorded before.</param>
/// <param name="GivenBy">Who gave it, in print.</param>
/// <param name="Method">How.</param>
/// <param name="On">When.</param>
/// <param name="WhyUnsigned">Why a visit has no signature.</param>
/// <param name="UserId">The user of the project whose opinion it is; null leaves whose it was before.</param>
internal sealed record OpinionInput(
    string? Opinion,
    string GivenBy,
    OpinionMethod Method,
    DateOnly On,
    string? WhyUnsigned = null,
    Guid? UserId = null
) : INeedsOpinion
{
    public string? OpinionOn(Revisit revisit) => Opinion ?? revisit.OwnerOpinion;
}
