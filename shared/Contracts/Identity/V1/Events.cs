namespace CustomerService.Contracts.Identity.V1;

/// <summary>An account was made or changed; the members say how it is from now on, rule S3.</summary>
/// <param name="UserId">The person, the <c>sub</c> of their tokens.</param>
/// <param name="Version">Version of the account.</param>
/// <param name="DisplayName">Printed name.</param>
/// <param name="Roles">Roles held, sorted.</param>
/// <param name="Regions">Sales regions of a salesperson (<c>regional-sales</c>), as codes.</param>
/// <param name="Department">Department code, where the person has one.</param>
/// <param name="OrganisationId">The outside organisation that the person belongs to.</param>
/// <param name="Active">Whether the person may sign in.</param>
/// <param name="TokensValidFrom">Access tokens that were issued before this instant no longer count: the account
/// was deactivated, or what it may do changed. Null while none was withdrawn.</param>
/// <param name="Email">Address for mails to that person, where one is known.</param>
[EventName("identity.user.changed.v1")]
public sealed record UserChanged(
    Guid UserId,
    long Version,
    string DisplayName,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Regions,
    string? Department,
    Guid? OrganisationId,
    bool Active,
    DateTimeOffset? TokensValidFrom,
    string? Email = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => UserId;
}

/// <summary>A department was made or changed; the members say how it is from now on, rule S3.</summary>
/// <param name="DepartmentId">The department.</param>
/// <param name="Version">Version of the department.</param>
/// <param name="Code">Stable short name, the <c>department</c> claim.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="NameZhHant">Name in Traditional Chinese.</param>
/// <param name="NameZhHans">Name in Simplified Chinese.</param>
/// <param name="HeadId">The account of its head, where one is named.</param>
/// <param name="HeadName">Printed name of the head.</param>
/// <param name="DeputyId">The account of the deputy, where one is named.</param>
/// <param name="DeputyName">Printed name of the deputy.</param>
/// <param name="Language">Language in which it is written to.</param>
/// <param name="Calendar">Name of its working calendar, see docs/calendars.md.</param>
/// <param name="Active">Whether records can be given to it.</param>
[EventName("identity.department.changed.v1")]
public sealed record DepartmentChanged(
    Guid DepartmentId,
    long Version,
    string Code,
    string NameEn,
    string NameZhHant,
    string NameZhHans,
    Guid? HeadId,
    string? HeadName,
    Guid? DeputyId,
    string? DeputyName,
    [property: Words("zh-Hant", "zh-Hans", "en")] string Language,
    string Calendar,
    bool Active
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => DepartmentId;
}
