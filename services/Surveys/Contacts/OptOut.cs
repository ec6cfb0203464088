using CustomerService.Rules;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Contacts;

/// <summary>A person who does not want to be asked (C5.8.2).</summary>
internal sealed class OptOut : Aggregate
{
    private OptOut() { }

    public override string Kind => "opt-out";

    /// <summary>The person, see <see cref="Invitations.Domain.ContactHistory.KeyOf"/>.</summary>
    public string Recipient { get; private set; } = "";

    public DateOnly Since { get; private set; }

    public static DocumentType<OptOut> Type { get; } =
        DocumentType.Of<OptOut>("opt-out", "opt_outs").Unique(o => o.Recipient);

    public static OptOut Of(CommandContext context, string recipient)
    {
        var optOut = new OptOut
        {
            Id = Guid.CreateVersion7(context.Now),
            Recipient = recipient,
            Since = context.Today,
        };
        optOut.Record(context, "opt-out", null, "opted-out", null);
        return optOut;
    }
}
