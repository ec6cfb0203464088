using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>A record that is opened, or serves, because of another one.</summary>
public static class Causes
{
    /// <summary>The chain shows what the record is for, and what that shows it has, too (S2). Nothing changes where it was
    /// said before.</summary>
    /// <param name="own">The record of this service.</param>
    /// <param name="cause">The other one, of any service.</param>
    /// <param name="links">Links of this service.</param>
    /// <param name="files">Files of this service.</param>
    /// <param name="context">Who acts.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <param name="part">Only files of this part of the cause, for example of a finding.</param>
    public static async Task ComesFromAsync(
        this RecordRef own,
        RecordRef cause,
        Links links,
        Files files,
        CommandContext context,
        CancellationToken cancellation,
        Guid? part = null
    )
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(files);
        await links.LinkAsync(context, new LinkedPair(own, LinkKind.CausedBy, cause), cancellation);
        await files.CarryAsync(context, cause, own, cancellation, part);
    }
}
