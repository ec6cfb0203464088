using CustomerService.Identity.Departments.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Identity.Departments;

internal sealed class DepartmentMapping : IEntityTypeConfiguration<Department>
{
    public void Configure(EntityTypeBuilder<Department> department)
    {
        department.IsAggregate();
        department.ToTable("departments");
        department.Property(d => d.Code).HasMaxLength(50);
        department.Property(d => d.NameEn).HasMaxLength(200);
        department.Property(d => d.NameZhHant).HasMaxLength(200);
        department.Property(d => d.NameZhHans).HasMaxLength(200);
        department.Property(d => d.HeadName).HasMaxLength(200);
        department.Property(d => d.DeputyName).HasMaxLength(200);
        department.Property(d => d.Language).HasMaxLength(10);
        department.Property(d => d.Calendar).HasMaxLength(100);
        department.HasIndex(d => d.Code).IsUnique();
    }
}
