using CustomerService.Records;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Rmas;

/// <summary>Opens an RMA for a person or from an enquiry or complaint, whose files it keeps by its link.</summary>
internal sealed class RmaOpener(RecordNumbers numbers, Links links)
{
    /// <summary>The new RMA, not added to the store yet.</summary>
    public async Task<Result<Rma>> OpenAsync(
        CommandContext context,
        Declaration declaration,
        CancellationToken cancellation
    )
    {
        var number = await numbers.NextAsync(Rma.NumberKind, context.Today.Year, cancellation);
        var opened = Rma.Declare(context, number, declaration);
        if (!opened.Failed(out _, out var rma) && declaration.SourceId is { } source)
        {
            var cause = new RecordRef("complaints", declaration.Source.ToKebab(), source, null);
            await links.LinkAsync(
                context,
                new LinkedPair(new RecordRef("repairs", rma.Kind, rma.Id, rma.Number), LinkKind.CausedBy, cause),
                cancellation
            );
        }

        return opened;
    }
}
