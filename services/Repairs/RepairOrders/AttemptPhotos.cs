using CustomerService.Records;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>The photo of a failed attempt (P3.2.1): a picture among the order's own files, which stays from then on.</summary>
internal static class AttemptPhotos
{
    public static async Task<Refusal?> HoldPhotoAsync(
        this Files files,
        CommandContext context,
        RepairOrder order,
        Guid? photoId,
        CancellationToken cancellation
    ) =>
        photoId is { } photo
        && !(await files.HoldAsync(context, order.Id, [photo], file => file.IsPicture, cancellation)).Contains(photo)
            ? Refusal.Invalid("photo-unknown", "P3.2.1", "photoId")
            : null;
}
