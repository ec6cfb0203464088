using CustomerService.Repairs.Appointments.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Appointments;

/// <summary>An agreed appointment as a calendar file.</summary>
internal static class VisitCalendar
{
    public static string Of(Appointment appointment, DateTimeOffset now)
    {
        var calendar = new ICalendar("Repairs");
        calendar.Add(
            new(
                appointment.Id,
                appointment.Version,
                now,
                new CalendarTime.Span(appointment.From!.Value, appointment.To!.Value),
                $"{appointment.RepairOrderNumber} {appointment.ProjectName}",
                null,
                appointment.Location,
                "CONFIRMED"
            )
        );
        return calendar.ToString();
    }
}
