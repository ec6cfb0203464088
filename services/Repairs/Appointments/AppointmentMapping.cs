using CustomerService.Repairs.Appointments.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.Appointments;

internal sealed class AppointmentMapping : IEntityTypeConfiguration<Appointment>
{
    public void Configure(EntityTypeBuilder<Appointment> appointment)
    {
        appointment.IsAggregate();
        appointment.Ignore(a => a.Holder);
        appointment.Property(a => a.RepairOrderNumber).HasMaxLength(30);
        appointment.Property(a => a.SecretHash).HasMaxLength(64);
        appointment.HasIndex(a => a.SecretHash).IsUnique();
        appointment.HasIndex(a => a.RepairOrderId);
        appointment.HasIndex(a => new { a.State, a.ReminderOn });
    }
}
