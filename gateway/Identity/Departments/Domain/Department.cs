using CustomerService.Rules;

namespace CustomerService.Identity.Departments.Domain;

/// <summary>A department of the company.</summary>
internal sealed class Department : Aggregate
{
    private Department() { }

    public override string Kind => "department";

    /// <summary>Stable short name, the <c>department</c> claim; unique.</summary>
    public string Code { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public string NameZhHant { get; private set; } = "";

    public string NameZhHans { get; private set; } = "";

    public bool Active { get; private set; }

    public static Department Create(CommandContext context, string code, DepartmentNames names)
    {
        var department = new Department
        {
            Id = Guid.CreateVersion7(context.Now),
            Code = code,
            Active = true,
        };
        department.SetNames(names);
        department.Record(context, "create", null, "active", null);
        return department;
    }

    public Refusal? Change(CommandContext context, DepartmentNames names, bool active)
    {
        var from = Active ? "active" : "inactive";
        SetNames(names);
        Active = active;
        Record(context, "change", from, Active ? "active" : "inactive", null);
        return null;
    }

    private void SetNames(DepartmentNames names) =>
        (NameEn, NameZhHant, NameZhHans) = (names.En, names.ZhHant, names.ZhHans);
}

/// <summary>A department's name in the three languages.</summary>
internal sealed record DepartmentNames(string En, string ZhHant, string ZhHans);
