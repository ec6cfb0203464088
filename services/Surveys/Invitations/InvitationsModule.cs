using CustomerService.Surveys.Invitations.Features;
using CustomerService.Surveys.Invitations.Jobs;

namespace CustomerService.Surveys.Invitations;

/// <summary>Who is asked: links that work once (C5.8.2).</summary>
internal static class InvitationsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ExpireInvitations>();
        services.AddHostedService(provider => provider.GetRequiredService<ExpireInvitations>());
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Invitations");
        SendInvitation.Map(group);
        GetInvitation.Map(group);
        ListInvitations.Map(group);
        WithdrawInvitation.Map(group);
    }
}
