using System.Globalization;
using CustomerService.Forms;
using CustomerService.Repairs.RepairOrders.Forms;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Photos of an order on paper (P3.2.3, P3.1.1).</summary>
public sealed class OrderPhotosTests
{
    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData("zh-Hant", "［圖片缺失］")]
    [InlineData("en", "[picture not available]")]
    public void Given_a_photo_that_cannot_be_had_When_printed_Then_its_frame_says_so(string language, string said)
    {
        var texts = new FormTexts(new Texts([RepairsTexts.Manager]), CultureInfo.GetCultureInfo(language), A.Zone);

        var rows = OrderPhotos.Rows(
            [Photo("before", [1, 2, 3]), Photo("after", null), Photo("after", [4]), Photo("after", [5])],
            texts
        );

        rows.Select(row => row.Cells.Count).ShouldBe([3, 3], "a row of three, and one filled up to three");
        rows[0].Cells[0].Value!.ShouldNotContain(said);
        rows[0].Cells[1].Value!.ShouldStartWith(said);
        rows[0].Cells[1].Picture!.Image.ShouldBeNull();
    }

    private static OrderPhoto Photo(string purpose, byte[]? image) =>
        new(purpose, purpose + ".jpg", null, A.Moment, "00", image);
}
