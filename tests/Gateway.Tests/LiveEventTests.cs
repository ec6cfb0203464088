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
        "complaints.complaint.customer-renamed",
        "complaints.complaint.escalated",
        "complaints.complaint.liability-decided",
        "complaints.complaint.meeting-held",
        "complaints.complaint.meeting-required",
        "complaints.complaint.triaged",
        "projects.finding.capa-requested",
        "projects.finding.repair-requested",
        "projects.project.clearance-overdue",
        "projects.project.clearance-reminder-due",
        "projects.project.revisit-breached",
        "projects.revisit.overdue",
        "projects.revisit.reminder-due",
        "repairs.repair-order.confirmation-overdue",
        "surveys.response.dissatisfied",
        "surveys.response.warned",
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
