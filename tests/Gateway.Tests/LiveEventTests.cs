using System.Reflection;
using System.Text.Json;
using CustomerService.Contracts;
using CustomerService.Gateway.Live;

namespace CustomerService.Gateway.Tests;

/// <summary>Of which events those outside learn.</summary>
public sealed class LiveEventTests
{
    // They name a customer or a unit all the same: the company decides or reminds itself.
    private static readonly string[] Internal =
    [
        "complaints.action-item.issued",
        "complaints.action-item.overdue",
        "complaints.complaint.clock-reminder-due",
        "complaints.complaint.conclusion-released",
        "complaints.complaint.customer-renamed",
        "complaints.complaint.department-informed",
        "complaints.complaint.escalated",
        "complaints.complaint.goods-repair-ordered",
        "complaints.complaint.liability-decided",
        "complaints.complaint.meeting-held",
        "complaints.complaint.meeting-required",
        "complaints.complaint.notice-received",
        "complaints.complaint.triaged",
        "projects.finding.assessed",
        "projects.finding.capa-requested",
        "projects.finding.repair-requested",
        "projects.project.clearance-overdue",
        "projects.project.clearance-reminder-due",
        "projects.project.revisit-breached",
        "projects.revisit.overdue",
        "projects.revisit.reminder-due",
        "repairs.appointment.reminder-due",
        "repairs.repair-order.capa-requested",
        "repairs.repair-order.completion-overdue",
        "repairs.repair-order.confirmation-due",
        "repairs.repair-order.confirmation-overdue",
        "repairs.repair-order.cost-changed",
        "repairs.repair-order.lessons-drawn",
        "repairs.repair-order.objected",
        "repairs.repair-order.paused",
        "repairs.repair-order.receipt-overdue",
        "repairs.repair-order.recurred",
        "repairs.repair-order.resumed",
        "repairs.repair-order.start-overdue",
        "repairs.repair-order.unit-notified",
        "repairs.repair-order.unit-replaced",
        "repairs.return-case.advance-overdue",
        "repairs.return-case.inspected",
        "repairs.return-case.quality-doubted",
        "repairs.return-case.slip-moved",
        "repairs.return-case.slip-reminder-due",
        "repairs.rma-unit.contact-overdue",
        "repairs.rma-unit.diagnosed",
        "repairs.rma-unit.inspected",
        "repairs.rma-unit.offer-reminder-due",
        "repairs.shipment.issued",
        "surveys.response.dissatisfied",
        "surveys.response.warned",
        "surveys.suggestion.decided",
    ];

    private static readonly IReadOnlyList<Type> Events =
    [
        .. typeof(EventNameAttribute)
            .Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<EventNameAttribute>() is not null),
    ];

    /// <summary>A new or renamed event is told to nobody outside until somebody decides here.</summary>
    [Fact]
    public void Every_event_about_an_outsider_is_either_told_or_internal()
    {
        var members = LiveEvent.CustomerMembers.Concat(LiveEvent.UnitMembers).ToHashSet(StringComparer.Ordinal);
        var about = Events
            .Where(type =>
                type.GetProperties().Any(p => members.Contains(JsonNamingPolicy.CamelCase.ConvertName(p.Name)))
            )
            .Select(Unversioned);

        about
            .Order(StringComparer.Ordinal)
            .ShouldBe(LiveEvent.ToldOutside.Concat(Internal).Order(StringComparer.Ordinal));
    }

    private static string Unversioned(Type type)
    {
        var name = type.GetCustomAttribute<EventNameAttribute>()!.Name;
        return name[..name.LastIndexOf('.')];
    }
}
