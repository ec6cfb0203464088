using CustomerService.Records;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>Photos on which a step rests (P3.2.1, P3.2.3): pictures among the order's own files, which stay from then
/// on.</summary>
internal static class HeldPhotos
{
    private const string Before = "before";
    private const string After = "after";

    /// <summary>The photos of the round that runs, before the work and after it.</summary>
    public static async Task<WorkPhotos> OfRoundAsync(
        this Files files,
        RepairOrder order,
        CancellationToken cancellation
    ) =>
        WorkPhotos.Of(
            [
                .. (await files.ListAsync(order.Id, cancellation))
                    .Where(file => file is { IsPicture: true, Purpose: Before or After })
                    .Select(file => new WorkPhoto(file.Id, file.Purpose == Before, file.Sha256, file.UploadedAt)),
            ],
            order.RoundBegunAt
        );

    /// <summary>The work is reported with the photos of its round.</summary>
    public static async Task<Refusal?> HoldRoundAsync(
        this Files files,
        CommandContext context,
        RepairOrder order,
        WorkPhotos photos,
        CancellationToken cancellation
    )
    {
        await files.HoldAsync(context, order.Id, photos.All, null, cancellation);
        return null;
    }

    /// <summary>The photo of a failed attempt.</summary>
    public static async Task<Refusal?> HoldPhotoAsync(
        this Files files,
        CommandContext context,
        RepairOrder order,
        Guid? photoId,
        CancellationToken cancellation
    ) =>
        photoId is { } photo && !await files.HoldAllAsync(context, order, [photo], cancellation)
            ? Refusal.Invalid("photo-unknown", "P3.2.1", "photoId")
            : null;

    /// <summary>The photos that the owner names with their decision.</summary>
    public static async Task<Refusal?> HoldPhotosAsync(
        this Files files,
        CommandContext context,
        RepairOrder order,
        IReadOnlyList<Guid> photos,
        CancellationToken cancellation
    ) =>
        await files.HoldAllAsync(context, order, photos, cancellation)
            ? null
            : Refusal.Invalid("photo-unknown", "P3.2.3", "photoIds");

    private static async Task<bool> HoldAllAsync(
        this Files files,
        CommandContext context,
        RepairOrder order,
        IReadOnlyList<Guid> photos,
        CancellationToken cancellation
    )
    {
        // Who names a photo sees it.
        bool IsSeen(RecordFile file) => file.IsPicture && RepairOrderFiles.Rules.AreSeenBy(context.Actor, file);
        return (await files.HoldAsync(context, order.Id, photos, IsSeen, cancellation)).IsSupersetOf(photos);
    }
}
