using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;

namespace CustomerService.Repairs.Appointments.Domain;

/// <summary>A time at which the unit could come.</summary>
internal sealed record TimeSlot(DateTimeOffset From, DateTimeOffset To);

/// <summary>What an appointment is for, as its order has it.</summary>
internal sealed record OrderToVisit(
    Guid Id,
    string Number,
    Guid OwnerId,
    Guid? UnitId,
    string ProjectName,
    string Location
);

/// <summary>
/// A time agreed with the owner (P3.2.1): up to three are offered by a link that needs no account; the owner picks one or
/// proposes another.
/// </summary>
internal sealed class Appointment : Aggregate<Appointment, AppointmentState, AppointmentAction>, IUnderPolicy
{
    public const int MostSlots = 3;

    private Appointment() { }

    public override string Kind => "appointment";

    public override WorkSubject WorkSubject => new(RepairOrderNumber, $"{ProjectName}，{Location}");

    protected override Flow<Appointment, AppointmentState, AppointmentAction> Table => AppointmentFlow.Table;

    public override Guid? OutsideOrganisation(string role) =>
        role switch
        {
            Roles.Customer => OwnerId,
            Roles.RepairUnit => UnitId,
            _ => null,
        };

    public Guid RepairOrderId { get; private set; }

    public string RepairOrderNumber { get; private set; } = "";

    /// <summary>The orders that it came from by merges, the first one first.</summary>
    public Guid[] MovedFromIds { get; private set; } = [];

    public Guid OwnerId { get; private set; }

    public Guid? UnitId { get; private set; }

    public string ProjectName { get; private set; } = "";

    public string Location { get; private set; } = "";

    public IReadOnlyList<TimeSlot> Slots { get; private set; } = [];

    /// <summary>The time that the owner proposes.</summary>
    public TimeSlot? ProposedSlot { get; private set; }

    /// <summary>Beginning of the agreed time.</summary>
    public DateTimeOffset? From { get; private set; }

    /// <summary>Its end.</summary>
    public DateTimeOffset? To { get; private set; }

    /// <summary>The working day before, on which both sides are reminded.</summary>
    public DateOnly? ReminderOn { get; private set; }

    public DateOnly? RemindedOn { get; private set; }

    public string SecretHash { get; private set; } = "";

    /// <summary>Until then the link works: the beginning of the last time offered.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public Stamp OfferedBy { get; private set; } = null!;

    public string? Word { get; private set; }

    public int PolicyVersion { get; private set; }

    /// <summary>The holder of the link speaks for the owner.</summary>
    public Actor Holder =>
        new($"link:{Id}", RepairOrderNumber, new HashSet<string> { Roles.Customer }, OrganisationId: OwnerId);

    /// <summary>Why the owner's link leads nowhere: the time that was agreed or proposed, or all that were offered, are
    /// over. Null while it leads here.</summary>
    public Refusal? WhyClosed(DateTimeOffset now) =>
        now >= (To ?? (ProposedSlot is { } asked && asked.To > ExpiresAt ? asked.To : ExpiresAt))
            ? Refusal.Ended("link-expired", "P3.2.1", ["new-offer"], AppointmentFlow.Offerers)
            : null;

    public static Result<Appointment> Offer(
        CommandContext context,
        OrderToVisit order,
        IReadOnlyList<TimeSlot> slots,
        string secretHash
    )
    {
        if (slots.Count is 0 or > MostSlots || slots.Any(s => s.From <= context.Now || s.To <= s.From))
        {
            return Refusal.Invalid("slots", "P3.2.1", "slots").With("most", MostSlots);
        }

        var appointment = new Appointment
        {
            Id = Guid.CreateVersion7(context.Now),
            RepairOrderId = order.Id,
            RepairOrderNumber = order.Number,
            OwnerId = order.OwnerId,
            UnitId = order.UnitId,
            ProjectName = order.ProjectName,
            Location = order.Location,
            Slots = slots,
            SecretHash = secretHash,
            ExpiresAt = slots.Max(s => s.From),
            OfferedBy = Stamp.Of(context),
            PolicyVersion = context.Policy.Version,
        };
        if (appointment.Start(context, AppointmentAction.Offer) is { } refusal)
        {
            return refusal;
        }

        appointment.Raise(
            new RepairAppointmentOffered(
                appointment.Id,
                appointment.Version,
                order.Id,
                order.Number,
                order.OwnerId,
                [.. slots.Select(s => s.From)],
                appointment.ExpiresAt
            )
        );
        return appointment;
    }

    public Refusal? Choose(CommandContext context, TimeSlot slot) =>
        Transition(context, AppointmentAction.Choose, input: slot, change: () => Settle(context, slot));

    public Refusal? Propose(CommandContext context, TimeSlot slot, string? word) =>
        Transition(
            context,
            AppointmentAction.Propose,
            input: slot,
            why: word,
            change: () => (ProposedSlot, Word) = (slot, word)
        );

    public Refusal? Agree(CommandContext context) =>
        Transition(context, AppointmentAction.Agree, change: () => Settle(context, ProposedSlot!));

    public Refusal? Remind(CommandContext context) =>
        Transition(
            context,
            AppointmentAction.Remind,
            change: () =>
            {
                RemindedOn = context.Today;
                Raise(
                    new RepairAppointmentReminderDue(
                        Id,
                        Version,
                        RepairOrderId,
                        RepairOrderNumber,
                        OwnerId,
                        UnitId,
                        From!.Value
                    )
                );
            }
        );

    public Refusal? Cancel(CommandContext context, string reason) =>
        Transition(
            context,
            AppointmentAction.Cancel,
            why: reason,
            change: () =>
                Raise(
                    new RepairAppointmentCancelled(Id, Version, RepairOrderId, RepairOrderNumber, OwnerId, UnitId, From)
                )
        );

    /// <summary>Its order went to a unit, which comes now, reads it and agrees to times (P3.1.1).</summary>
    public Refusal? FollowUnit(CommandContext context, Guid unitId, string name) =>
        Transition(context, AppointmentAction.FollowOrder, why: name, change: () => UnitId = unitId);

    /// <summary>Its order was merged into another one, which is visited instead (S4); the link stays.</summary>
    public Refusal? MoveTo(CommandContext context, OrderToVisit order) =>
        Transition(
            context,
            AppointmentAction.FollowMerge,
            why: order.Number,
            change: () =>
            {
                MovedFromIds = [.. MovedFromIds, RepairOrderId];
                Visit(order);
            }
        );

    /// <summary>The merge of this order was undone, so it is visited again (S4).</summary>
    public Refusal? MoveBack(CommandContext context, OrderToVisit order) =>
        Transition(
            context,
            AppointmentAction.FollowMerge,
            why: order.Number,
            change: () =>
            {
                MovedFromIds = [.. MovedFromIds.TakeWhile(id => id != order.Id)];
                Visit(order);
            }
        );

    /// <summary>Owner or unit turned out to be another organisation that is known (S4).</summary>
    public Refusal? MoveOrganisation(CommandContext context, Guid from, Guid to, string name) =>
        Transition(
            context,
            AppointmentAction.FollowMerge,
            why: name,
            change: () => (OwnerId, UnitId) = (OwnerId == from ? to : OwnerId, UnitId == from ? to : UnitId)
        );

    private void Visit(OrderToVisit order)
    {
        (RepairOrderId, RepairOrderNumber) = (order.Id, order.Number);
        (OwnerId, UnitId) = (order.OwnerId, order.UnitId);
        (ProjectName, Location) = (order.ProjectName, order.Location);
    }

    private void Settle(CommandContext context, TimeSlot slot)
    {
        (From, To) = (slot.From, slot.To);
        var calendar = context.Calendars[DayRule.DefaultCalendar];
        var day = context.DateOf(slot.From).AddDays(-1);
        while (!calendar.IsWorkingDay(day))
        {
            day = day.AddDays(-1);
        }

        ReminderOn = day;
        Raise(
            new RepairAppointmentAgreed(
                Id,
                Version,
                RepairOrderId,
                RepairOrderNumber,
                OwnerId,
                UnitId,
                slot.From,
                slot.To
            )
        );
    }
}
