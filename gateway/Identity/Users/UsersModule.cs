using CustomerService.Identity.Users.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Identity.Users;

/// <summary>Accounts, and what everybody may read of one's own.</summary>
internal static class UsersModule
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var everybody = v1.MapGroup("").WithTags("Users");
        Me.Map(everybody);
        // What forms of staff offer for choice; outsiders learn nothing of how the company is made up.
        ListRoles.Map(everybody.MapGroup("").ForRoles(Roles.Staff));
        var administration = everybody.MapGroup("").ForRoles(Roles.Administrator);
        CreateUser.Map(administration);
        GetUser.Map(administration);
        ListUsers.Map(administration);
        ChangeProfile.Map(administration);
        AssignUser.Map(administration);
        ActivateUser.Map(administration);
        ResetPassword.Map(administration);
    }
}
