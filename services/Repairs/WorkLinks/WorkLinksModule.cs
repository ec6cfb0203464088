using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.Repairs.WorkLinks.Features;

namespace CustomerService.Repairs.WorkLinks;

/// <summary>Links for the phone in the repairer's hand: registration and routes.</summary>
internal static class WorkLinksModule
{
    internal static void Add(IServiceCollection services) =>
        services
            .AddToTimelines<WorkLink>(link => link.RepairOrderId!.Value)
            .AddScoped<IMoveReferences, WorkLinksFollowUnits>()
            .AddScoped<IFollowRegistry, WorkLinksFollowUnits>();

    internal static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Work links");
        CreateWorkLink.Map(routes);
        ListWorkLinks.Map(routes);
        GetWorkLink.Map(routes);
        RevokeWorkLink.Map(routes);
        ShowLinkedWork.Map(routes);
        TakeLinkedStep.Map(routes);
        AddToLinkedOrder.Map(routes);
        PrintLinkedTaskSheet.Map(routes);
    }
}
