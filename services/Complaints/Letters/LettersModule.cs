using CustomerService.Complaints.Data;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Complaints.Letters.Features;
using CustomerService.Complaints.Letters.Forms;
using CustomerService.Complaints.Letters.Jobs;
using CustomerService.Forms;
using CustomerService.Records;

namespace CustomerService.Complaints.Letters;

/// <summary>Letters to the customers whose goods are affected (C7).</summary>
internal static class LettersModule
{
    public static void Add(IServiceCollection services) => services.AddHostedService<RemindUnansweredLetters>();

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Letters");
        WriteLetters.Map(routes);
        ListAffectedLetters.Map(routes);
        GetAffectedLetter.Map(routes);
        SendAffectedLetter.Map(routes);
        routes.MapRecords<ComplaintsDb, AffectedLetter>(
            "affected-letters",
            (letters, actor) => letters.VisibleTo(actor),
            letter => letter.Number,
            AffectedLetterAction.Send,
            AffectedLetterAction.Remind,
            AffectedLetterAction.Answer
        );
        routes.MapForm<AffectedLetterForm>(
            "affected-letters",
            "letter",
            "The letter to an affected customer",
            "Rules C5.6.1 and C7. In the customer's language, whichever is asked for."
        );
    }
}
