using CustomerService.Contracts.Identity.V1;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;

namespace CustomerService.Identity.Departments.Domain;

/// <summary>A department of the company: who leads it, how it is written to, and when it works.</summary>
internal sealed class Department : Aggregate
{
    /// <summary>Languages in which a department can be written to; the first is the working language.</summary>
    public static readonly IReadOnlyList<string> Languages = ["zh-Hant", "zh-Hans", "en"];

    public const string UsualCalendar = "company";

    private Department() { }

    public override string Kind => "department";

    /// <summary>Stable short name, the <c>department</c> claim; unique.</summary>
    public string Code { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public string NameZhHant { get; private set; } = "";

    public string NameZhHans { get; private set; } = "";

    public Guid? HeadId { get; private set; }

    public string? HeadName { get; private set; }

    public Guid? DeputyId { get; private set; }

    public string? DeputyName { get; private set; }

    /// <summary>In which it is written to.</summary>
    public string Language { get; private set; } = "";

    /// <summary>Name of its working calendar.</summary>
    public string Calendar { get; private set; } = "";

    public bool Active { get; private set; }

    public static Result<Department> Create(CommandContext context, string code, DepartmentTerms terms)
    {
        if (Check(context, terms) is { } refusal)
        {
            return refusal;
        }

        var department = new Department
        {
            Id = Guid.CreateVersion7(context.Now),
            Code = code,
            Active = true,
        };
        department.Set(terms);
        department.Record(context, "create", null, "active", null);
        department.Raise(department.Changed());
        return department;
    }

    /// <summary>Renames it, gives it head and deputy, or closes it.</summary>
    /// <param name="context">Who, when.</param>
    /// <param name="terms">Names, language, calendar.</param>
    /// <param name="head">The account of the head, null for none.</param>
    /// <param name="deputy">The account of the deputy, null for none.</param>
    /// <param name="active">False closes it.</param>
    public Refusal? Change(CommandContext context, DepartmentTerms terms, User? head, User? deputy, bool active)
    {
        if ((Check(context, terms) ?? CheckHolder(head, "head") ?? CheckHolder(deputy, "deputy")) is { } refusal)
        {
            return refusal;
        }

        if (head is not null && head.Id == deputy?.Id)
        {
            return Refusal.Invalid("deputy-is-head", UserRules.Rule, "deputyId");
        }

        var from = Standing;
        Set(terms);
        SetHead(head is null ? null : new(head.Id, head.DisplayName));
        SetDeputy(deputy is null ? null : new(deputy.Id, deputy.DisplayName));
        Active = active;
        Note(context, "change", from);
        return null;
    }

    /// <summary>This person leads it no longer.</summary>
    public void Vacate(CommandContext context, Guid holder)
    {
        if (HeadId == holder)
        {
            SetHead(null);
        }

        if (DeputyId == holder)
        {
            SetDeputy(null);
        }

        Note(context, "vacate", Standing);
    }

    /// <summary>Head or deputy has another name.</summary>
    public void Rename(CommandContext context, Holder holder)
    {
        if (HeadId == holder.Id)
        {
            SetHead(holder);
        }

        if (DeputyId == holder.Id)
        {
            SetDeputy(holder);
        }

        Note(context, "rename-holder", Standing);
    }

    /// <summary>How the department is now, as the other services hear of it.</summary>
    public DepartmentChanged Changed() =>
        new(
            Id,
            Version,
            Code,
            NameEn,
            NameZhHant,
            NameZhHans,
            HeadId,
            HeadName,
            DeputyId,
            DeputyName,
            Language,
            Calendar,
            Active
        );

    private string Standing => Active ? "active" : "inactive";

    private static Refusal? Check(CommandContext context, DepartmentTerms terms) =>
        !Languages.Contains(terms.Language)
            ? Refusal.Invalid("language-unknown", UserRules.Rule, "language").With("language", terms.Language)
        : !context.Calendars.Contains(terms.Calendar)
            ? Refusal
                .Invalid("calendar-unknown", UserRules.Rule, "calendar")
                .With("calendar", terms.Calendar)
                .With("known", string.Join(", ", context.Calendars.Ids.Order(StringComparer.Ordinal)))
        : null;

    private Refusal? CheckHolder(User? holder, string office) =>
        holder is null || (holder.Active && holder.Department == Code)
            ? null
            : Refusal
                .ByRule("holder-not-of-department", UserRules.Rule, [office + "Id"], Roles.Administrator)
                .With("name", holder.DisplayName);

    private void Note(CommandContext context, string action, string from)
    {
        Record(context, action, from, Standing, null);
        Raise(Changed());
    }

    private void Set(DepartmentTerms terms)
    {
        (NameEn, NameZhHant, NameZhHans) = (terms.Names.En, terms.Names.ZhHant, terms.Names.ZhHans);
        (Language, Calendar) = (terms.Language, terms.Calendar);
    }

    private void SetHead(Holder? holder) => (HeadId, HeadName) = (holder?.Id, holder?.Name);

    private void SetDeputy(Holder? holder) => (DeputyId, DeputyName) = (holder?.Id, holder?.Name);
}

/// <summary>A department's name in the three languages.</summary>
internal sealed record DepartmentNames(string En, string ZhHant, string ZhHans);

/// <summary>What a department is by itself, without its people.</summary>
internal sealed record DepartmentTerms(DepartmentNames Names, string Language, string Calendar);

/// <summary>Who holds the office of head or deputy.</summary>
internal sealed record Holder(Guid Id, string Name);
