namespace CustomerService.Contracts.Projects.V1;

/// <summary>A project was entered in the registry.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="Version">Version of the project.</param>
/// <param name="ContractNumber">Contract number, unique.</param>
/// <param name="Name">Name of the works.</param>
/// <param name="OwnerId">Organisation that owns the works (業主).</param>
/// <param name="OwnerName">Its name.</param>
/// <param name="City">City code of the season calendar, for example <c>beijing</c>.</param>
/// <param name="BuildingAreaSquareMetres">Building area, m².</param>
/// <param name="StructureType">Structure type as a code, for example <c>frame-shear-wall</c>.</param>
/// <param name="Latitude">Of the site, degrees, north positive; null in earlier announcements.</param>
/// <param name="Longitude">Degrees, east positive.</param>
[EventName("projects.project.registered.v1")]
public sealed record ProjectRegistered(
    Guid ProjectId,
    long Version,
    string ContractNumber,
    string Name,
    Guid OwnerId,
    string OwnerName,
    string City,
    decimal BuildingAreaSquareMetres,
    string StructureType,
    double? Latitude = null,
    double? Longitude = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>What is known about a project was changed, or its owner is called otherwise; the members say how it
/// is from now on. Another owner it gets before acceptance only, rule P3.3.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="Version">Version of the project.</param>
/// <param name="ContractNumber">Contract number, unique.</param>
/// <param name="Name">Name of the works.</param>
/// <param name="OwnerId">Organisation that owns the works.</param>
/// <param name="OwnerName">Its name.</param>
/// <param name="City">City code of the season calendar.</param>
/// <param name="BuildingAreaSquareMetres">Building area, m².</param>
/// <param name="StructureType">Structure type as a code.</param>
/// <param name="Latitude">Of the site, degrees, north positive; null in earlier announcements.</param>
/// <param name="Longitude">Degrees, east positive.</param>
[EventName("projects.project.revised.v1")]
public sealed record ProjectRevised(
    Guid ProjectId,
    long Version,
    string ContractNumber,
    string Name,
    Guid OwnerId,
    string OwnerName,
    string City,
    decimal BuildingAreaSquareMetres,
    string StructureType,
    double? Latitude = null,
    double? Longitude = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>The works passed completion acceptance (竣工驗收). Rule P1 counts from this date. It comes again when
/// the date is corrected before handover.</summary>
/// <param name="ClearanceDueOn">Last day for clearing the site, rule P1.</param>
[EventName("projects.project.accepted.v1")]
public sealed record ProjectAccepted(
    Guid ProjectId,
    long Version,
    Guid OwnerId,
    DateOnly AcceptedOn,
    DateOnly ClearanceDueOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>The works were handed over to the owner (交付); warranty service begins, rule P3.</summary>
/// <param name="WarrantyEndsOn">End of the longest finite warranty part: the horizon of the revisit plan, rule
/// P2.1.1.</param>
[EventName("projects.project.handed-over.v1")]
public sealed record ProjectHandedOver(
    Guid ProjectId,
    long Version,
    string Name,
    Guid OwnerId,
    string OwnerName,
    DateOnly AcceptedOn,
    DateOnly HandedOverOn,
    DateOnly WarrantyEndsOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>The site was cleared and the land returned, rule P1.</summary>
[EventName("projects.project.site-cleared.v1")]
public sealed record SiteCleared(Guid ProjectId, long Version, Guid OwnerId, DateOnly ClearedOn, DateOnly DueOn)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>The day for clearing the site comes near: the people concerned are reminded (policy: 3 days and 1
/// day before), rule P1.</summary>
/// <param name="DueOn">Last day for clearing the site.</param>
/// <param name="DaysLeft">Days until then.</param>
[EventName("projects.project.clearance-reminder-due.v1")]
public sealed record ClearanceReminderDue(Guid ProjectId, long Version, Guid OwnerId, DateOnly DueOn, int DaysLeft)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>The site was not cleared by its due date, rule P1.</summary>
[EventName("projects.project.clearance-overdue.v1")]
public sealed record ClearanceOverdue(Guid ProjectId, long Version, Guid OwnerId, DateOnly DueOn) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>The revisit horizon ended and no revisit was held: rule P2.1.1 is breached.</summary>
[EventName("projects.project.revisit-breached.v1")]
public sealed record RevisitBreached(Guid ProjectId, long Version, Guid OwnerId, DateOnly HorizonEndedOn)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>A project that was entered by mistake was withdrawn, before its acceptance; the record stays, rule
/// P3.3.</summary>
/// <param name="Reason">Why.</param>
[EventName("projects.project.withdrawn.v1")]
public sealed record ProjectWithdrawn(Guid ProjectId, long Version, Guid OwnerId, string Reason) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>The last of all warranty terms of a project is over, goodwill and the design life among them, rule
/// P3.1.2.</summary>
/// <param name="EndedOn">Last day of the last term.</param>
[EventName("projects.project.warranty-ended.v1")]
public sealed record WarrantyEnded(Guid ProjectId, long Version, Guid OwnerId, DateOnly EndedOn) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>A revisit (回訪) was planned, rule P2.1.1.</summary>
/// <param name="RevisitId">The revisit.</param>
/// <param name="Number">1, 2, 3 … within the project.</param>
/// <param name="DueOn">Planned date.</param>
[EventName("projects.revisit.planned.v1")]
public sealed record RevisitPlanned(
    Guid RevisitId,
    long Version,
    Guid ProjectId,
    Guid OwnerId,
    int Number,
    DateOnly DueOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RevisitId;
}

/// <summary>A planned revisit was moved, with a reason.</summary>
[EventName("projects.revisit.moved.v1")]
public sealed record RevisitMoved(
    Guid RevisitId,
    long Version,
    Guid ProjectId,
    Guid OwnerId,
    DateOnly From,
    DateOnly To,
    string Reason
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RevisitId;
}

/// <summary>A planned revisit was cancelled, with a reason.</summary>
[EventName("projects.revisit.cancelled.v1")]
public sealed record RevisitCancelled(Guid RevisitId, long Version, Guid ProjectId, Guid OwnerId, string Reason)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RevisitId;
}

/// <summary>A revisit's planned date passed and it was not held.</summary>
[EventName("projects.revisit.overdue.v1")]
public sealed record RevisitOverdue(Guid RevisitId, long Version, Guid ProjectId, Guid OwnerId, DateOnly DueOn)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RevisitId;
}

/// <summary>A revisit was held, led by the corporate authorised person or a named substitute, rule P2.2.1.</summary>
/// <param name="FindingCount">Number of findings recorded, rule P2.2.2.</param>
[EventName("projects.revisit.held.v1")]
public sealed record RevisitHeld(
    Guid RevisitId,
    long Version,
    Guid ProjectId,
    Guid OwnerId,
    int Number,
    DateOnly DueOn,
    DateOnly HeldOn,
    int FindingCount
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RevisitId;
}

/// <summary>A revisit found a quality problem or hazard, rule P2.2.2. It comes once a finding.</summary>
/// <param name="RevisitId">The revisit.</param>
/// <param name="Version">Version of the revisit.</param>
/// <param name="FindingId">The finding.</param>
/// <param name="ProjectName">Name of the works.</param>
/// <param name="PartCode">Part of Table 3.1, for example <c>roof</c>.</param>
/// <param name="Location">Where in the building.</param>
/// <param name="Description">What was found.</param>
/// <param name="Severity"><c>minor</c>, <c>major</c> or <c>emergency</c> (structure, safety, loss of an
/// essential function).</param>
/// <param name="FoundOn">Date of the revisit.</param>
/// <param name="ContractNumber">Contract number of the project.</param>
[EventName("projects.revisit.finding-recorded.v1")]
public sealed record FindingRecorded(
    Guid RevisitId,
    long Version,
    Guid FindingId,
    Guid ProjectId,
    string ProjectName,
    Guid OwnerId,
    string PartCode,
    string Location,
    string Description,
    [property: Words("minor", "major", "emergency")] string Severity,
    DateOnly FoundOn,
    string? ContractNumber = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RevisitId;
}

/// <summary>Quality decided cause and liability of a finding, or decided again, rule P2.2.3. It comes for each finding of the
/// revisit.</summary>
/// <param name="RevisitId">The revisit.</param>
/// <param name="Version">Version of the revisit.</param>
/// <param name="FindingId">The finding.</param>
/// <param name="PartCode">Part of Table 3.1.</param>
/// <param name="Liability">Who answers for it.</param>
/// <param name="CauseCode">The main cause, for example <c>jointing</c>.</param>
/// <param name="ResponsibleUnit">Unit or department that it is assigned to.</param>
/// <param name="ResponsibleUnitId">The subcontractor whose part it is; null for everyone else.</param>
/// <param name="Systemic">Quality calls it systemic.</param>
/// <param name="AssessedOn">Day of the decision.</param>
[EventName("projects.finding.assessed.v1")]
public sealed record FindingAssessed(
    Guid RevisitId,
    long Version,
    Guid FindingId,
    Guid ProjectId,
    Guid OwnerId,
    string PartCode,
    [property: Words("contractor", "subcontractor", "owner", "third-party")] string Liability,
    string CauseCode,
    string ResponsibleUnit,
    Guid? ResponsibleUnitId,
    bool Systemic,
    DateOnly AssessedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RevisitId;
}

/// <summary>A finding needs a repair: Repairs opens one order for it, rules P2.2.3 and P3.2.1. It comes with the
/// finding or later, when the repair is asked for afterwards.</summary>
/// <param name="RevisitId">The revisit.</param>
/// <param name="Version">Version of the revisit.</param>
/// <param name="FindingId">The finding; one repair order at most comes from it.</param>
/// <param name="ProjectName">Name of the works.</param>
/// <param name="ContractNumber">Contract number.</param>
/// <param name="OwnerName">Name of the owner.</param>
/// <param name="Contact">Owner's contact person.</param>
/// <param name="Phone">Owner's telephone number.</param>
/// <param name="PartCode">Part of Table 3.1.</param>
/// <param name="Location">Where in the building.</param>
/// <param name="Description">What was found.</param>
/// <param name="Severity"><c>minor</c>, <c>major</c> or <c>emergency</c>.</param>
/// <param name="FoundOn">Date of the revisit: the defect counts as notified on this day, rule P3.2.1.</param>
[EventName("projects.finding.repair-requested.v1")]
public sealed record RepairRequested(
    Guid RevisitId,
    long Version,
    Guid FindingId,
    Guid ProjectId,
    string ProjectName,
    string ContractNumber,
    Guid OwnerId,
    string OwnerName,
    string Contact,
    string Phone,
    string PartCode,
    string Location,
    string Description,
    [property: Words("minor", "major", "emergency")] string Severity,
    DateOnly FoundOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RevisitId;
}

/// <summary>A finding is a construction fault that must not recur: Complaints opens one CAPA for it, rule P2.2.3.
/// It comes with the finding or later, when the CAPA is asked for afterwards.</summary>
/// <param name="RevisitId">The revisit.</param>
/// <param name="Version">Version of the revisit.</param>
/// <param name="FindingId">The finding; one CAPA at most comes from it.</param>
/// <param name="ProjectName">Name of the works.</param>
/// <param name="ContractNumber">Contract number.</param>
/// <param name="OwnerName">Name of the owner.</param>
/// <param name="PartCode">Part of Table 3.1.</param>
/// <param name="Location">Where in the building.</param>
/// <param name="Description">What was found.</param>
/// <param name="Severity"><c>minor</c>, <c>major</c> or <c>emergency</c>.</param>
/// <param name="FoundOn">Date of the revisit.</param>
[EventName("projects.finding.capa-requested.v1")]
public sealed record CapaRequested(
    Guid RevisitId,
    long Version,
    Guid FindingId,
    Guid ProjectId,
    string ProjectName,
    string ContractNumber,
    Guid OwnerId,
    string OwnerName,
    string PartCode,
    string Location,
    string Description,
    [property: Words("minor", "major", "emergency")] string Severity,
    DateOnly FoundOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RevisitId;
}

/// <summary>The revisit's file is complete: liability, disposition and signatures are there (form 3.3.1).</summary>
[EventName("projects.revisit.closed.v1")]
public sealed record RevisitClosed(Guid RevisitId, long Version, Guid ProjectId, Guid OwnerId, DateOnly ClosedOn)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RevisitId;
}

/// <summary>A planned revisit comes near: the people concerned are reminded (policy: 14 and 3 days before),
/// rule P2.1.1.</summary>
/// <param name="DaysLeft">Days until the planned date.</param>
[EventName("projects.revisit.reminder-due.v1")]
public sealed record RevisitReminderDue(
    Guid RevisitId,
    long Version,
    Guid ProjectId,
    Guid OwnerId,
    int Number,
    DateOnly DueOn,
    int DaysLeft
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => RevisitId;
}

/// <summary>Dates or commitments of a project that was handed over were corrected, and its terms and revisit
/// plan worked out again, rules P3, P3.1.2 and P2.1.1.</summary>
/// <param name="WarrantyEndsOn">End of the longest finite warranty part: the horizon of the revisit plan.</param>
/// <param name="Reason">Why.</param>
/// <param name="ClearanceDueOn">Last day for clearing the site, rule P1; null in events of before it was
/// told.</param>
[EventName("projects.project.warranty-changed.v1")]
public sealed record WarrantyChanged(
    Guid ProjectId,
    long Version,
    Guid OwnerId,
    DateOnly AcceptedOn,
    DateOnly HandedOverOn,
    DateOnly WarrantyEndsOn,
    string Reason,
    DateOnly? ClearanceDueOn = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>The company protects a part beyond its term, at its own cost, rule P3.1.2.</summary>
/// <param name="PartCode">Part of Table 3.1.</param>
/// <param name="Through">Last day.</param>
/// <param name="Reason">Why.</param>
[EventName("projects.project.goodwill-granted.v1")]
public sealed record GoodwillGranted(
    Guid ProjectId,
    long Version,
    Guid OwnerId,
    string PartCode,
    DateOnly Through,
    string Reason
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ProjectId;
}

/// <summary>An address of an organisation.</summary>
/// <param name="Purpose">What it is for.</param>
/// <param name="Address">The address.</param>
/// <param name="Contact">Who takes in there, where it is known.</param>
/// <param name="Phone">Their telephone number.</param>
public sealed record AddressOfOrganisation(
    [property: Words("delivery", "billing", "site")] string Purpose,
    string Address,
    string? Contact = null,
    string? Phone = null
);

/// <summary>An organisation was entered in the registry: an owner, a subcontractor, a unit of the contractor or a
/// product customer, rule S3.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="Version">Version of the organisation.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is to the company.</param>
/// <param name="Code">The company's own short code, where there is one.</param>
/// <param name="Address">Postal address, where it is known.</param>
/// <param name="Contact">The person whom the company calls first.</param>
/// <param name="Phone">That person's telephone number.</param>
/// <param name="Region">Code of the sales region of a product customer, rule C5.1.5.</param>
/// <param name="SalespersonId">The account of the salesperson, where one is named.</param>
/// <param name="SalespersonName">Printed name of that person.</param>
/// <param name="Language">Language in which the customer is written to.</param>
/// <param name="Addresses">Further addresses by what they are for.</param>
/// <param name="Email">Address for mails to it, where one is known.</param>
[EventName("projects.organisation.registered.v1")]
public sealed record OrganisationRegistered(
    Guid OrganisationId,
    long Version,
    string Name,
    [property: Words("owner", "subcontractor", "contractor-own", "customer")] string Kind,
    string? Code,
    string? Address,
    string? Contact,
    string? Phone,
    string? Region = null,
    Guid? SalespersonId = null,
    string? SalespersonName = null,
    [property: Words("zh-Hant", "zh-Hans", "en")] string? Language = null,
    IReadOnlyList<AddressOfOrganisation>? Addresses = null,
    string? Email = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => OrganisationId;
}

/// <summary>What is known about an organisation was changed; the members say how it is from now on, rule
/// S3.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="Version">Version of the organisation.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is to the company.</param>
/// <param name="Code">The company's own short code, where there is one.</param>
/// <param name="Address">Postal address, where it is known.</param>
/// <param name="Contact">The person whom the company calls first.</param>
/// <param name="Phone">That person's telephone number.</param>
/// <param name="Region">Code of the sales region of a product customer, rule C5.1.5.</param>
/// <param name="SalespersonId">The account of the salesperson, where one is named.</param>
/// <param name="SalespersonName">Printed name of that person.</param>
/// <param name="Language">Language in which the customer is written to.</param>
/// <param name="Addresses">Further addresses by what they are for.</param>
/// <param name="Email">Address for mails to it, where one is known.</param>
[EventName("projects.organisation.revised.v1")]
public sealed record OrganisationRevised(
    Guid OrganisationId,
    long Version,
    string Name,
    [property: Words("owner", "subcontractor", "contractor-own", "customer")] string Kind,
    string? Code,
    string? Address,
    string? Contact,
    string? Phone,
    string? Region = null,
    Guid? SalespersonId = null,
    string? SalespersonName = null,
    [property: Words("zh-Hant", "zh-Hans", "en")] string? Language = null,
    IReadOnlyList<AddressOfOrganisation>? Addresses = null,
    string? Email = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => OrganisationId;
}

/// <summary>A person of the company was entered in the registry, rule S3.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Version">Version of the person.</param>
/// <param name="Name">Printed name.</param>
/// <param name="RoleTitle">What the person is, for example <c>project manager</c>.</param>
/// <param name="Department">Department code, where the person has one.</param>
[EventName("projects.person.registered.v1")]
public sealed record PersonRegistered(Guid PersonId, long Version, string Name, string RoleTitle, string? Department)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => PersonId;
}

/// <summary>What is known about a person of the company was changed, rule S3.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Version">Version of the person.</param>
/// <param name="Name">Printed name.</param>
/// <param name="RoleTitle">What the person is.</param>
/// <param name="Department">Department code, where the person has one.</param>
[EventName("projects.person.revised.v1")]
public sealed record PersonRevised(Guid PersonId, long Version, string Name, string RoleTitle, string? Department)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => PersonId;
}

/// <summary>An organisation turned out to be one that was known already, rule S4: both records stay, what refers to the
/// first refers to the second from now on.</summary>
/// <param name="FromId">The organisation that was merged; it is offered no more.</param>
/// <param name="Version">Version of the organisation that was merged.</param>
/// <param name="FromName">Its name.</param>
/// <param name="IntoId">The organisation that stays.</param>
/// <param name="IntoName">Its name.</param>
/// <param name="IntoContact">The person whom the company calls first there.</param>
/// <param name="IntoPhone">That person's telephone number.</param>
/// <param name="MergedAt">When, UTC.</param>
[EventName("projects.organisation.merged.v1")]
public sealed record OrganisationMerged(
    Guid FromId,
    long Version,
    string FromName,
    Guid IntoId,
    string IntoName,
    string? IntoContact,
    string? IntoPhone,
    DateTimeOffset MergedAt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => FromId;
}

/// <summary>A merge of organisations was a mistake and is undone, rule S4: what it moved goes back, what came after it
/// stays with the organisation that stayed.</summary>
/// <param name="FromId">The organisation that was merged and is one of its own again.</param>
/// <param name="Version">Version of that organisation.</param>
/// <param name="FromName">Its name.</param>
/// <param name="FromContact">The person whom the company calls first there.</param>
/// <param name="FromPhone">That person's telephone number.</param>
/// <param name="IntoId">The organisation into which it was merged.</param>
/// <param name="UnmergedAt">When, UTC.</param>
[EventName("projects.organisation.unmerged.v1")]
public sealed record OrganisationUnmerged(
    Guid FromId,
    long Version,
    string FromName,
    string? FromContact,
    string? FromPhone,
    Guid IntoId,
    DateTimeOffset UnmergedAt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => FromId;
}

/// <summary>A person of the company turned out to be one who was known already, rule S4.</summary>
/// <param name="FromId">The record that was merged; it is offered no more.</param>
/// <param name="Version">Version of the record that was merged.</param>
/// <param name="FromName">Printed name in it.</param>
/// <param name="IntoId">The record that stays.</param>
/// <param name="IntoName">Printed name in it.</param>
/// <param name="MergedAt">When, UTC.</param>
[EventName("projects.person.merged.v1")]
public sealed record PersonMerged(
    Guid FromId,
    long Version,
    string FromName,
    Guid IntoId,
    string IntoName,
    DateTimeOffset MergedAt
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => FromId;
}

/// <summary>A merge of people was a mistake and is undone, rule S4.</summary>
/// <param name="FromId">The record that was merged and is one of its own again.</param>
/// <param name="Version">Version of that record.</param>
/// <param name="FromName">Printed name in it.</param>
/// <param name="IntoId">The record into which it was merged.</param>
/// <param name="UnmergedAt">When, UTC.</param>
[EventName("projects.person.unmerged.v1")]
public sealed record PersonUnmerged(Guid FromId, long Version, string FromName, Guid IntoId, DateTimeOffset UnmergedAt)
    : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => FromId;
}
