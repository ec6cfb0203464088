using CustomerService.Attachments;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.Testing;
using SkiaSharp;

namespace CustomerService.Records.Tests;

public sealed class FileTests
{
    private static readonly RecordRef Order = new("repairs", "repair-order", Guid.CreateVersion7(), "WX-2026-000001");
    private static readonly RecordRef Complaint = new("complaints", "complaint", Guid.CreateVersion7(), "TS-1");
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static readonly FileEvents Events = new(
        (file, version) => new ComplaintsFileAdded(file.FileId, version, file),
        (file, version) => new ComplaintsFileRemoved(file.FileId, version, file),
        (id, version, wanted) => new ComplaintsFilesWanted(id, version, wanted)
    );

    private static readonly NewFile Given = new()
    {
        Purpose = "photo",
        Name = "屋面.jpg",
        ContentType = "image/jpeg",
        Size = 10,
        Sha256 = new string('a', 64),
        Latitude = 31.2,
        Longitude = 121.4,
    };

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_file_When_another_removes_it_Then_only_its_author_or_a_head_can()
    {
        RecordFile Added() => RecordFile.Add(A.Context(Someone.InQuality("author")), Order, Given, Events);

        Remove(Added(), Someone.InQuality("author")).ShouldBeNull();
        Remove(Added(), Someone.HeadOfQuality()).ShouldBeNull();
        Remove(Added(), Someone.InSales())!.Code.ShouldBe("file-not-yours");
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_what_was_signed_When_removed_Then_refused_and_nothing_changes()
    {
        var author = Someone.InQuality("author");
        var held = RecordFile.Add(A.Context(author), Order, Given, Events);
        held.Hold(A.Context(author));
        held.Hold(A.Context(author));
        var signature = RecordFile.Add(A.Context(author), Order, Given with { Purpose = "signature" }, Events);

        foreach (var file in (RecordFile[])[held, signature])
        {
            Remove(file, author)!.Code.ShouldBe("file-held");
            Remove(file, Someone.HeadOfQuality())!.Code.ShouldBe("file-held");
            file.Stands.ShouldBeTrue();
        }

        held.PendingEntries.Select(e => e.Action).ShouldBe(["attach", "hold"]);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_removed_file_When_removed_again_Then_refused_and_told_once()
    {
        var author = Someone.InQuality("author");
        var file = RecordFile.Add(A.Context(author), Order, Given, Events);

        Remove(file, author).ShouldBeNull();
        Remove(file, author)!.Code.ShouldBe("file-removed");

        file.PendingEvents.OfType<ComplaintsFileRemoved>().Count().ShouldBe(1);
        (file.StruckWhy, file.Stands).ShouldBe(("拍錯了", false));
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_chain_of_conversions_When_a_file_is_taken_along_twice_Then_hash_and_first_owner_stay()
    {
        var author = Someone.InQuality("author");
        var first = RecordFile.Add(A.Context(author), Order, Given, Events);
        var system = A.Context(Someone.System("complaints"));

        var second = RecordFile.Take(system, Complaint, "repairs", first.ToContract("repairs"), Events);
        var capa = Complaint with { Kind = "capa", Id = Guid.CreateVersion7() };
        var third = RecordFile.Take(system, capa, "complaints", second.ToContract("complaints"), Events);

        (third.Sha256, third.OwnerService, third.OwnerFileId).ShouldBe((first.Sha256, "repairs", first.Id));
        (third.FromService, third.FromId).ShouldBe(("complaints", Complaint.Id));
        (third.UploadedBy, third.UploadedAt, third.Latitude).ShouldBe((author.Name, first.UploadedAt, null));
        RecordFile.Take(system, capa, "complaints", second.ToContract("complaints"), Events).Id.ShouldBe(third.Id);
    }

    [Theory]
    [InlineData("photo", false, true)]
    [InlineData("document", false, false)]
    [InlineData("document", true, true)]
    [Trait("Rule", "S2")]
    public void Given_what_outsiders_see_When_one_looks_Then_listed_purposes_and_their_own(
        string purpose,
        bool own,
        bool seen
    )
    {
        var rules = new FileRules { OutsidersSee = ["photo"] };
        var owner = Someone.AtCustomer(Guid.CreateVersion7());
        var by = own ? Someone.AtCustomer(owner.OrganisationId!.Value, "colleague") : Someone.InQuality();
        var file = RecordFile.Add(A.Context(by), Order, Given with { Purpose = purpose }, Events);

        rules.AreSeenBy(owner, file).ShouldBe(seen);
        rules.AreSeenBy(Someone.InSales(), file).ShouldBeTrue();
        new FileRules().AreSeenBy(owner, file).ShouldBe(own, "none by default");
        Remove(file, own ? by : Someone.HeadOfQuality());
        rules.AreSeenBy(owner, file).ShouldBeFalse("struck through");
        rules.AreSeenBy(Someone.InSales(), file).ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_an_order_of_files_When_others_come_Then_they_stand_behind()
    {
        var (first, second, late) = (At(1), At(2), At(3));
        var order = FileOrder.Of(Order);
        order.Put(A.Context(Someone.InQuality()), [second.Id, first.Id]);
        order.Put(A.Context(Someone.InQuality()), [second.Id, first.Id]);

        FileOrder.Sorted([late, first, second], order).ShouldBe([second, first, late]);
        FileOrder.Sorted([late, first, second], null).ShouldBe([first, second, late]);
        order.PendingEntries.Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_photo_of_a_phone_When_read_Then_time_and_place_and_nothing_of_what_has_none()
    {
        var facts = PictureFacts.Of(TestPictures.Photo, TimeZoneInfo.Utc);

        facts.TakenAt.ShouldBe(new DateTimeOffset(2026, 3, 2, 6, 30, 0, TimeSpan.Zero), "its own zone counts");
        (Math.Round(facts.Latitude!.Value, 4), Math.Round(facts.Longitude!.Value, 4)).ShouldBe((31.2304, 121.4737));
        foreach (var file in (byte[][])[TestPictures.Png, TestPictures.Pdf, [1, 2, 3], []])
        {
            PictureFacts.Of(file, Shanghai).ShouldBe(PictureFacts.None);
        }

        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var broken = (byte[])TestPictures.Photo.Clone();
            broken[random.Next(4, 240)] = (byte)random.Next(256);
            var read = PictureFacts.Of(broken, Shanghai);
            (read.Latitude is null or (>= -90 and <= 90)).ShouldBeTrue();
            PicturePlaces.WithoutNotes(broken).ShouldNotBeNull();
        }
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_photo_When_its_notes_are_taken_out_Then_the_pixels_and_how_it_was_held_stay()
    {
        // Cameras append further pictures with notes of their own.
        byte[] photo = [.. TestPictures.Photo, .. TestPictures.Photo];

        var bare = PicturePlaces.WithoutNotes(photo);

        PictureFacts.Of(bare, Shanghai).ShouldBe(PictureFacts.None);
        TestPictures.Contains(bare, "2026:03:02").ShouldBeFalse();
        using var codec = SKCodec.Create(new MemoryStream(bare));
        codec.EncodedOrigin.ShouldBe(SKEncodedOrigin.RightTop);
        using var before = SKBitmap.Decode(TestPictures.Photo);
        using var after = SKBitmap.Decode(bare);
        after.Bytes.ShouldBe(before.Bytes);
        PicturePlaces.WithoutNotes(bare[..^0])[..2].ShouldBe(bare[..2]);
        PicturePlaces.WithoutNotes(TestPictures.Png).ShouldBeSameAs(TestPictures.Png);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_png_and_webp_with_notes_When_taken_out_Then_they_are_still_pictures()
    {
        using var bitmap = new SKBitmap(8, 4);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Red);
        }

        var png = bitmap.Encode(SKEncodedImageFormat.Png, 90).ToArray();
        byte[] note = [0, 0, 0, 4, .. "tEXt"u8, .. "x\0ab"u8, 1, 2, 3, 4];
        byte[] noted = [.. png.AsSpan(0, 33), .. note, .. png.AsSpan(33)];
        PicturePlaces.WithoutNotes(noted).ShouldBe(png);

        var webp = bitmap.Encode(SKEncodedImageFormat.Webp, 90).ToArray();
        byte[] exif = [.. webp, .. "EXIF"u8, 4, 0, 0, 0, 1, 2, 3, 4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(exif.AsSpan(4), (uint)exif.Length - 8);
        PicturePlaces.WithoutNotes(exif).ShouldBe(webp);
    }

    [Theory]
    [InlineData(1, "left")]
    [InlineData(2, "right")]
    [InlineData(3, "right")]
    [InlineData(4, "left")]
    [InlineData(5, "top")]
    [InlineData(6, "top")]
    [InlineData(7, "bottom")]
    [InlineData(8, "bottom")]
    [Trait("Rule", "S2")]
    public void Given_how_the_camera_was_held_When_small_Then_upright(int orientation, string dark)
    {
        var photo = (byte[])TestPictures.Photo.Clone();
        var at = photo.AsSpan().IndexOf<byte>([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0]) + 9;
        photo[at] = (byte)orientation;

        using var small = SKBitmap.Decode(Pictures.Thumbnail(photo, 320)!);

        (small.Width, small.Height).ShouldBe(orientation < 5 ? (16, 8) : (8, 16));
        bool Dark(int x, int y) => small.GetPixel(x, y).Red < 128;
        var (right, bottom) = (small.Width - 2, small.Height - 2);
        (Dark(1, 1) && Dark(1, bottom)).ShouldBe(dark == "left");
        (Dark(right, 1) && Dark(right, bottom)).ShouldBe(dark == "right");
        (Dark(1, 1) && Dark(right, 1)).ShouldBe(dark == "top");
        (Dark(1, bottom) && Dark(right, bottom)).ShouldBe(dark == "bottom");
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_large_picture_When_small_Then_its_longer_side_is_the_edge()
    {
        using var bitmap = new SKBitmap(4000, 1000);
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 50);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 50);

        foreach (var content in (byte[][])[jpeg.ToArray(), png.ToArray()])
        {
            TestPictures.SizeOf(Pictures.Thumbnail(content, 320)!).ShouldBe((320, 80));
        }

        Pictures.Thumbnail([1, 2, 3], 320).ShouldBeNull();
    }

    private static Refusal? Remove(RecordFile file, Actor by) =>
        file.Remove(A.Context(by), "repairs", "拍錯了", new FileRules().NeverRemoved, Events);

    private static RecordFile At(int minute) =>
        RecordFile.Add(
            A.Context(Someone.InQuality(), new DateTimeOffset(2026, 3, 2, 8, minute, 0, TimeSpan.Zero)),
            Order,
            Given,
            Events
        );
}
