using CustomerService.Repairs.Data;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.WorkLinks;

/// <summary>Links that still lead somewhere follow their unit, as its orders do.</summary>
internal sealed class WorkLinksFollowUnits(RepairsDb db, CommandContexts contexts, TimeProvider time)
    : FollowsUnit<WorkLink>("work-link/unit")
{
    protected override IQueryable<WorkLink> OpenOf(Guid unit)
    {
        var now = time.GetUtcNow();
        return db.WorkLinks.Where(link => link.UnitId == unit && link.RevokedAt == null && link.ExpiresAt > now);
    }

    protected override string NameIn(WorkLink record) => record.UnitName;

    protected override void Move(WorkLink record, Guid unit, string name) =>
        record.FollowUnit(contexts.ForSystem("repairs"), unit, name);
}
