using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.ActionItems.Features;
using CustomerService.Complaints.ActionItems.Jobs;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.ActionItems;

/// <summary>What departments and people have to do: slips, remedies, actions of CAPAs, decisions.</summary>
internal static class ActionItemsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddHostedService<EscalateOverdueActions>();
        services.AddOverdueClock<ComplaintsDb, ActionItem>(
            "action-item",
            (db, clock) => db.ActionItems.Where(ActionItemDeadlines.Overdue(true, clock.Today))
        );
    }

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Action items");
        ListActionItems.Map(routes);
        GetActionItem.Map(routes);
        CarryOutActionItem.Map(routes);
        CheckActionItem.Map(routes);
        ExtendActionItem.Map(routes);
        // No outsider sees an action item.
        routes.MapRecords<ComplaintsDb, ActionItem>(
            "action-items",
            (items, actor) => items.VisibleTo(actor),
            item => item.Number
        );
    }
}
