using CustomerService.Rules;

namespace CustomerService.Surveys.ServicePoints.Domain;

/// <summary>Where customers are served.</summary>
internal enum ServicePointKind
{
    Store,
    ServiceCentre,
    SiteOffice,
}

/// <summary>A place where customers are served: a store, a service centre, a site office (T1 to T3).</summary>
internal sealed class ServicePoint : Aggregate
{
    private ServicePoint() { }

    public override string Kind => "service-point";

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public ServicePointKind Type { get; private set; }

    public string Address { get; private set; } = "";

    /// <summary>Code of the department whose people are the site's.</summary>
    public string Department { get; private set; } = "";

    public bool Active { get; private set; } = true;

    public static ServicePoint Open(
        CommandContext context,
        string code,
        string name,
        ServicePointKind type,
        string address,
        string department
    )
    {
        var point = new ServicePoint
        {
            Id = Guid.CreateVersion7(context.Now),
            Code = code,
            Name = name,
            Type = type,
            Address = address,
            Department = department,
        };
        point.Record(context, "open", null, "open", null);
        return point;
    }

    public void Close(CommandContext context, string reason)
    {
        Active = false;
        Record(context, "close", "open", "closed", reason);
    }
}
