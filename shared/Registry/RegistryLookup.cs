using System.Globalization;
using System.Linq.Expressions;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Registry;

/// <summary>The service's store, as the copies see it.</summary>
internal sealed class RegistryStore(ServiceDbContext db)
{
    public ServiceDbContext Db => db;

    /// <summary>The copy, tracked; a new one where there was none.</summary>
    public async Task<T> CopyAsync<T>(Guid id, Func<Guid, T> create, CancellationToken cancellation)
        where T : class
    {
        if (await db.FindAsync<T>([id], cancellation) is not { } copy)
        {
            db.Add(copy = create(id));
        }

        return copy;
    }
}

/// <summary>The questions of nearly every command, translated once for the program: to recognise a question costs
/// more than to ask it.</summary>
internal sealed class RegistryQuestions
{
    private readonly Func<ServiceDbContext, Guid, CancellationToken, Task<OrganisationCopy?>> _organisation =
        EF.CompileAsyncQuery(
            (ServiceDbContext db, Guid id, CancellationToken cancellation) =>
                db.Set<OrganisationCopy>().AsNoTracking().FirstOrDefault(o => o.Id == id)
        );

    private readonly Func<ServiceDbContext, Guid, CancellationToken, Task<ProjectCopy?>> _project =
        EF.CompileAsyncQuery(
            (ServiceDbContext db, Guid id, CancellationToken cancellation) =>
                db.Set<ProjectCopy>().AsNoTracking().FirstOrDefault(p => p.Id == id)
        );

    private readonly Func<ServiceDbContext, Guid, CancellationToken, Task<OwnedProject?>> _owned = EF.CompileAsyncQuery(
        (ServiceDbContext db, Guid id, CancellationToken cancellation) =>
            (
                from project in db.Set<ProjectCopy>().AsNoTracking()
                where project.Id == id
                join owner in db.Set<OrganisationCopy>().AsNoTracking() on project.OwnerId equals owner.Id into owners
                from owner in owners.DefaultIfEmpty()
                select new OwnedProject(project, owner)
            ).FirstOrDefault()
    );

    public Task<OwnedProject?> OwnedProjectAsync(ServiceDbContext db, Guid id, CancellationToken cancellation) =>
        _owned(db, id, cancellation);

    public Task<OrganisationCopy?> OrganisationAsync(ServiceDbContext db, Guid id, CancellationToken cancellation) =>
        _organisation(db, id, cancellation);

    public Task<ProjectCopy?> ProjectAsync(ServiceDbContext db, Guid id, CancellationToken cancellation) =>
        _project(db, id, cancellation);
}

/// <summary>A project and its owner as they are called now.</summary>
/// <param name="Project">The project.</param>
/// <param name="Owner">Null while only the project was announced.</param>
public sealed record OwnedProject(ProjectCopy Project, OrganisationCopy? Owner);

/// <summary>
/// Finds what the registry knows, by identity or by code. What it does not know is refused by rule S3, with the name
/// of those who can enter it; where several have one code, none is meant.
/// </summary>
public sealed class RegistryLookup : IOrganisationMoves
{
    /// <summary>Who enters organisations.</summary>
    public static IReadOnlyList<string> OrganisationWriters { get; } =
    [Roles.Sales, Roles.SalesManager, Roles.Engineering, Roles.EngineeringHead, Roles.Production, Roles.Administrator];

    /// <summary>Who enters projects and people.</summary>
    public static IReadOnlyList<string> ProjectWriters { get; } =
    [Roles.Engineering, Roles.EngineeringHead, Roles.Production, Roles.Administrator];

    // So many in a row nobody makes; and events that cross must not lead in a circle for ever.
    private const int MostMerges = 20;

    private static readonly string[] DepartmentWriters = [Roles.Administrator];

    private readonly ServiceDbContext _db;
    private readonly RegistryQuestions _questions;

    internal RegistryLookup(RegistryStore store, RegistryQuestions questions) =>
        (_db, _questions) = (store.Db, questions);

    /// <summary>The organisation, or the one into which it was merged (S4): the answer's identity is the one to keep.
    /// Else <c>organisation-unknown</c>.</summary>
    public async Task<Result<OrganisationCopy>> OrganisationAsync(Guid id, CancellationToken cancellation) =>
        Known(
            await SurvivorAsync(await CopyAsync(id, cancellation) is { Version: > 0 } copy ? copy : null, cancellation),
            "organisation",
            OrganisationWriters
        );

    /// <summary>The language in which an organisation is written to; the company's where none is known.</summary>
    public async Task<string> LanguageOfAsync(Guid id, CancellationToken cancellation) =>
        (await OrganisationAsync(id, cancellation)).Failed(out _, out var known) || known.Language is null
            ? Texts.Languages[0]
            : known.Language;

    /// <summary>The organisation with this code of the company, however it is written.</summary>
    public async Task<Result<OrganisationCopy>> OrganisationAsync(string code, CancellationToken cancellation)
    {
        var key = TextFolding.Key(code);
        return Known(
            await SurvivorAsync(await OnlyAsync<OrganisationCopy>(o => o.CodeKey == key, cancellation), cancellation),
            "organisation",
            OrganisationWriters
        );
    }

    /// <summary>Those of these organisations that are known, merged ones as they were.</summary>
    public async Task<IReadOnlyList<OrganisationCopy>> OrganisationsAsync(
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellation
    ) => await Read<OrganisationCopy>().Where(o => ids.Contains(o.Id) && o.Version > 0).ToListAsync(cancellation);

    /// <inheritdoc/>
    public async Task<Guid> SurvivorOfAsync(Guid organisation, CancellationToken cancellation) =>
        (await SurvivorAsync(await CopyAsync(organisation, cancellation), cancellation))?.Id ?? organisation;

    /// <summary>The project, else <c>project-unknown</c>, or <c>project-withdrawn</c>.</summary>
    public async Task<Result<ProjectCopy>> ProjectAsync(Guid id, CancellationToken cancellation) =>
        Live(
            (Tracked<ProjectCopy>(p => p.Id == id) ?? await _questions.ProjectAsync(_db, id, cancellation))
                is { Version: > 0 } copy
                ? copy
                : null
        );

    /// <summary>The same with its owner, by one question.</summary>
    public async Task<Result<OwnedProject>> OwnedProjectAsync(Guid id, CancellationToken cancellation)
    {
        var asked = _db.IsConsuming ? null : await _questions.OwnedProjectAsync(_db, id, cancellation);
        var known = _db.IsConsuming
            ? await ProjectAsync(id, cancellation)
            : Live(asked is { Project.Version: > 0 } ? asked.Project : null);
        if (known.Failed(out var refusal, out var project))
        {
            return refusal;
        }

        return new OwnedProject(
            project,
            asked is null ? await OwnerOfAsync(project, cancellation) : await SurvivorAsync(asked.Owner, cancellation)
        );
    }

    /// <summary>The project with this contract number, however it is written.</summary>
    public async Task<Result<ProjectCopy>> ProjectAsync(string contractNumber, CancellationToken cancellation)
    {
        var key = TextFolding.Key(contractNumber);
        // The number of a project that was withdrawn may be used again.
        return Live(
            await OnlyAsync<ProjectCopy>(p => p.ContractKey == key && p.Version > 0 && !p.Withdrawn, cancellation)
        );
    }

    /// <summary>The owner of a project as they are called now; null while only the project was announced.</summary>
    public async Task<OrganisationCopy?> OwnerOfAsync(ProjectCopy project, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(project);
        return await SurvivorAsync(await CopyAsync(project.OwnerId, cancellation), cancellation);
    }

    /// <summary>The person of the company, or the record into which theirs was merged; else
    /// <c>person-unknown</c>.</summary>
    public async Task<Result<PersonCopy>> PersonAsync(Guid id, CancellationToken cancellation)
    {
        var person = await OnlyAsync<PersonCopy>(p => p.Id == id && p.Version > 0, cancellation);
        for (var hops = 0; person?.MergedInto is { } into && hops < MostMerges; hops++)
        {
            person = await OnlyAsync<PersonCopy>(p => p.Id == into, cancellation) ?? person;
        }

        return Known(person, "person", ProjectWriters);
    }

    /// <summary>The department, else <c>department-unknown</c>.</summary>
    public async Task<Result<DepartmentCopy>> DepartmentAsync(Guid id, CancellationToken cancellation) =>
        Known(await OnlyAsync<DepartmentCopy>(d => d.Id == id, cancellation), "department", DepartmentWriters);

    /// <summary>The department with this code.</summary>
    public async Task<Result<DepartmentCopy>> DepartmentAsync(string code, CancellationToken cancellation) =>
        Known(await OnlyAsync<DepartmentCopy>(d => d.Code == code, cancellation), "department", DepartmentWriters);

    /// <summary>Names of departments by their codes, in one language, by one question; a code that nobody knows is not
    /// there. For forms, which no consumer prints.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DepartmentNamesAsync(
        IEnumerable<string?> codes,
        CultureInfo language,
        CancellationToken cancellation
    )
    {
        var asked = codes.OfType<string>().Distinct().ToList();
        var known =
            asked.Count == 0
                ? []
                : await Read<DepartmentCopy>().Where(d => asked.Contains(d.Code)).ToListAsync(cancellation);
        // A code that two have names neither.
        return known
            .GroupBy(department => department.Code, StringComparer.Ordinal)
            .Where(same => same.Count() == 1)
            .ToDictionary(same => same.Key, same => same.Single().NameIn(language), StringComparer.Ordinal);
    }

    internal static Result<ProjectCopy> Live(ProjectCopy? project) =>
        project is { Withdrawn: true }
            ? Refused("project-withdrawn", "project", ProjectWriters)
            : Known(project, "project", ProjectWriters);

    internal static Result<T> Known<T>(T? copy, string what, IReadOnlyList<string> suppliedBy)
        where T : class => copy is null ? Refused($"{what}-unknown", what, suppliedBy) : copy;

    private async Task<OrganisationCopy?> SurvivorAsync(OrganisationCopy? organisation, CancellationToken cancellation)
    {
        for (var hops = 0; organisation?.MergedInto is { } into && hops < MostMerges; hops++)
        {
            organisation = await CopyAsync(into, cancellation) ?? organisation;
        }

        return organisation;
    }

    private static Refusal Refused(string code, string what, IReadOnlyList<string> suppliedBy) =>
        new(RefusalKind.Invalid, code, "S3", [what], suppliedBy);

    private IQueryable<T> Read<T>()
        where T : class => _db.Set<T>().AsNoTracking();

    private async Task<OrganisationCopy?> CopyAsync(Guid id, CancellationToken cancellation) =>
        Tracked<OrganisationCopy>(o => o.Id == id) ?? await _questions.OrganisationAsync(_db, id, cancellation);

    // What a consumer has changed and not saved yet counts, too: a copy that is tracked is the newer one.
    private T? Tracked<T>(Func<T, bool> which)
        where T : class => _db.IsConsuming ? _db.Set<T>().Local.SingleOrDefault(which) : null;

    private async Task<T?> OnlyAsync<T>(Expression<Func<T, bool>> which, CancellationToken cancellation)
        where T : class =>
        _db.IsConsuming && Tracked(which.Compile()) is { } tracked ? tracked
        : await Read<T>().Where(which).Take(2).ToListAsync(cancellation) is [var only] ? only
        : null;
}
