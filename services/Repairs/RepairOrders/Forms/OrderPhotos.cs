using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Forms;

/// <summary>A photo of an order for a form.</summary>
/// <param name="Image">Null where it cannot be had: its service is away, or it is no picture that can be read.</param>
internal sealed record OrderPhoto(
    string Purpose,
    string Name,
    string? Caption,
    DateTimeOffset At,
    string Sha256,
    byte[]? Image,
    Guid Id = default
);

/// <summary>The photos of an order on paper: those of the defect, those before and after the work.</summary>
internal sealed class OrderPhotos(Files files)
{
    private const int PerRow = 3;

    /// <summary>Photos of these purposes, in the order of the purposes.</summary>
    public async Task<IReadOnlyList<OrderPhoto>> OfAsync(
        Guid order,
        IReadOnlyList<string> purposes,
        CancellationToken cancellation
    )
    {
        var listed = (await files.ListAsync(order, cancellation))
            .Where(file => file.IsPicture && purposes.Contains(file.Purpose))
            .OrderBy(file => purposes.ToList().IndexOf(file.Purpose));
        return await OfAsync(listed, cancellation);
    }

    /// <summary>Photos that are named, in the order of the record.</summary>
    public async Task<IReadOnlyList<OrderPhoto>> OfAsync(
        Guid order,
        IReadOnlyCollection<Guid> named,
        CancellationToken cancellation
    ) =>
        named.Count == 0
            ? []
            : await OfAsync(
                (await files.ListAsync(order, cancellation)).Where(file => named.Contains(file.Id)),
                cancellation
            );

    private async Task<IReadOnlyList<OrderPhoto>> OfAsync(
        IEnumerable<RecordFile> listed,
        CancellationToken cancellation
    )
    {
        var photos = new List<OrderPhoto>();
        foreach (var file in listed)
        {
            photos.Add(
                new(
                    file.Purpose,
                    file.Name,
                    file.Caption,
                    file.TakenAt ?? file.UploadedAt,
                    file.Sha256,
                    await ImageAsync(file, cancellation),
                    file.Id
                )
            );
        }

        return photos;
    }

    /// <summary>Rows of photos, each with what it shows; a photo that cannot be had says so.</summary>
    public static IReadOnlyList<FormRow> Rows(IReadOnlyList<OrderPhoto> photos, FormTexts texts) =>
        [
            .. photos
                .Select((photo, at) => Cell(photo, at, texts))
                .Chunk(PerRow)
                .Select(row => new FormRow([
                    .. row,
                    .. Enumerable.Repeat(new FormCell("", "", null).Showing(null), PerRow - row.Length),
                ])),
        ];

    private static FormCell Cell(OrderPhoto photo, int at, FormTexts texts)
    {
        var said = string.Join(
            "  ",
            new[]
            {
                photo.Image is null ? texts.Say("form.photo-missing") : null,
                texts.At(photo.At),
                photo.Caption ?? photo.Name,
            }.OfType<string>()
        );
        return new FormCell(
            FormattableString.Invariant($"photo-{at + 1}"),
            texts.Coded("form.photo", photo.Purpose) ?? "",
            said
        ).Showing(photo.Image);
    }

    private async Task<byte[]?> ImageAsync(RecordFile file, CancellationToken cancellation)
    {
        try
        {
            return await files.ThumbnailAsync(file, cancellation);
        }
        catch (UnavailableException)
        {
            // The form is printed all the same, and says which photo is missing.
            return null;
        }
    }
}
