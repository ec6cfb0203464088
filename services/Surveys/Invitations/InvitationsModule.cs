using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Contacts;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Invitations.Features;
using CustomerService.Surveys.Invitations.Forms;
using CustomerService.Surveys.Invitations.Jobs;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Invitations;

/// <summary>Who is asked: links that work once (C5.8.2).</summary>
internal static class InvitationsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ExpireInvitations>();
        services.AddHostedService(provider => provider.GetRequiredService<ExpireInvitations>());
        services.AddSingleton<RemindRecipients>();
        services.AddHostedService(provider => provider.GetRequiredService<RemindRecipients>());
        services.AddSingleton<LinkTokens>();
        services.AddScoped<ContactHistories>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Invitations");
        SendInvitation.Map(group);
        GetInvitation.Map(group);
        ListInvitations.Map(group);
        WithdrawInvitation.Map(group);
        TakeDownAnswers.Map(group);
        SendInterview.Map(group);
        // With the form goes a link that works: it is for those who may hand it out.
        group
            .MapGroup("")
            .ForRoles(InvitationFlow.Interviewers)
            .MapForm<BlankForm>(
                "invitations",
                "fm006",
                "FM006 to be filled in by hand",
                "Rules C5.8.3 and C10. With the link of the invitation while it works. For those who invite or interview."
            );
        group.MapRecords(
            "invitations",
            nameof(Invitation),
            DocumentRecordStore.Finds(InvitationAccess.VisibleTo),
            InvitationAction.InviteTester,
            InvitationAction.InviteAfterRepair,
            InvitationAction.InviteAfterVisit,
            InvitationAction.InviteSpecially,
            InvitationAction.InviteOpenly,
            InvitationAction.TakeDown,
            InvitationAction.Answer,
            InvitationAction.Expire,
            InvitationAction.Withdraw
        );
    }
}
