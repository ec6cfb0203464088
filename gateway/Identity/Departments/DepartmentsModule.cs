using CustomerService.Identity.Departments.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Identity.Departments;

/// <summary>The company's departments.</summary>
internal static class DepartmentsModule
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var departments = v1.MapGroup("").WithTags("Departments");
        var staff = departments.MapGroup("").ForRoles(Roles.Staff);
        GetDepartment.Map(staff);
        ListDepartments.Map(staff);
        var administration = departments.MapGroup("").ForRoles(Roles.Administrator);
        CreateDepartment.Map(administration);
        ChangeDepartment.Map(administration);
    }
}
