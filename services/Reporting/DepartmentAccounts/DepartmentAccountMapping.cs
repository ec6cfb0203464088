using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Reporting.DepartmentAccounts;

internal sealed class DepartmentAccountMapping : IEntityTypeConfiguration<DepartmentAccount>
{
    public void Configure(EntityTypeBuilder<DepartmentAccount> account)
    {
        account.ToTable("department_accounts");
        account.IsAggregate();
        account.Property(a => a.Name).HasMaxLength(TextLength.Code);
        account.Property(a => a.Patterns).IsJson();
        account.Ignore(a => a.User);
        account.Ignore(a => a.Queue);
        account.HasIndex(a => a.Name).IsUnique().HasFilter("state = 'Active'");
    }
}
