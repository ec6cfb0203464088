using System.Globalization;
using System.Net;
using System.Text;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Features;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Returns.Features;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>What people enter wrongly, and what two of them enter at once.</summary>
public sealed class GoodsInputTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Theory]
    [InlineData("serial\n{0}-1\n{0}-1", "serial-twice")]
    [InlineData("serial\n{0}-1\nｓｎ{1}-1", "serial-twice")]
    [InlineData("serial,quantity\n{0}-1,1\n,0", "quantity-not-positive")]
    [InlineData("serial,quantity\n{0}-1,1\n,-3", "quantity-not-positive")]
    [InlineData("serial,quantity\n,1.5", "quantity-not-a-number")]
    [InlineData("serial,quantity\n,#REF!", "import-error-value")]
    [InlineData("number\n1", "import-column-missing")]
    [Trait("Rule", "C5.1.1")]
    public async Task Given_a_wrong_file_When_received_Then_refused_whole(string file, string code)
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var rma = (
            await it.DeclareAsync(new DeclareRma.LineRequest(it.ModelId, [it.Serial(1)], Words: "開機無反應"))
        ).Ok();

        var answer = await FileAsync(
            it,
            rma,
            file.Replace("{0}", it.Prefix, StringComparison.Ordinal)
                .Replace("{1}", it.Prefix[2..], StringComparison.Ordinal)
        );

        answer.Code.ShouldBe(code);
        (await it.UnitsAsync(rma.Id)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public async Task Given_a_formula_in_a_file_When_received_Then_it_is_text_and_nothing_is_computed()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var rma = (await it.DeclareAsync(new DeclareRma.LineRequest(it.ModelId, Quantity: 1))).Ok();

        var answer = (await FileAsync(it, rma, "serial,model\n\"=1+1\"," + it.Prefix)).Ok();

        answer["received"]!.GetValue<int>().ShouldBe(1);
        var unit = (await it.Service.GetAsync($"/v1/rma-units?rmaId={rma.Id}")).Ok().Items.Single();
        unit["serial"]!.ToString().ShouldBe("=1+1");
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public async Task Given_a_step_that_needs_words_When_its_body_is_null_Then_the_request_is_malformed()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1);
        var unit = (await it.UnitsAsync((await it.ReceivedAsync(it.Serial(1))).Ok().Id))[0];
        (await it.DoAsync(unit, it.Service, "hand-over")).Ok();

        var bare = await it.DoAsync(unit, it.Repairer, "diagnose", "null");

        (bare.Status, bare.Code).ShouldBe((HttpStatusCode.BadRequest, "malformed"));
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_a_serial_in_an_open_rma_When_declared_again_in_other_letters_Then_refused()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1);
        (await it.DeclareAsync(new DeclareRma.LineRequest(Serials: [it.Serial(1)]))).Ok();

        (await it.DeclareAsync(new DeclareRma.LineRequest(Serials: [Wide(it.Serial(1).ToLowerInvariant())]))).Refused(
            "serial-in-open-rma",
            "S4"
        );
        (await it.DeclareAsync(new DeclareRma.LineRequest(it.ModelId, [it.Serial(2), it.Serial(2)]))).Code.ShouldBe(
            "serial-twice"
        );
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_another_customers_machine_When_declared_or_asked_back_Then_refused()
    {
        var (it, other) = (await GoodsCase.NewAsync(Fixture), await GoodsCase.NewAsync(Fixture));
        await other.MachineAsync(1);

        (await it.DeclareAsync(new DeclareRma.LineRequest(Serials: [other.Serial(1)]))).Refused(
            "serial-of-another",
            "S3"
        );
        (
            await it.Service.PostAsync(
                "/v1/return-cases",
                new RequestReturn.Request(it.CustomerId, ReturnKind.Return, other.Serial(1), Reason: "x")
            )
        ).Refused("serial-of-another", "S3");
    }

    [Theory]
    [InlineData(0, "quantity-not-positive")]
    [InlineData(-1, "quantity-not-positive")]
    [InlineData(11, "more-than-remains")]
    [Trait("Rule", "C5.1.4")]
    public async Task Given_a_sale_of_ten_When_a_wrong_number_is_asked_back_Then_refused_and_ten_remain(
        int quantity,
        string code
    )
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var sale = (
            await it.Service.PostAsync(
                "/v1/sales",
                new RegisterSale.Request(it.Prefix, it.ModelId, it.CustomerId, 10, it.Today.AddMonths(-1), it.Today)
            )
        ).Ok();

        (
            await it.Service.PostAsync(
                "/v1/return-cases",
                new RequestReturn.Request(
                    it.CustomerId,
                    ReturnKind.Return,
                    SaleId: sale.Id,
                    Quantity: quantity,
                    Reason: "x"
                )
            )
        ).Code.ShouldBe(code);
    }

    [Fact]
    [Trait("Rule", "C5.1.2")]
    public async Task Given_two_people_who_ship_the_same_unit_at_once_When_both_commit_Then_one_form_and_no_gap()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        await it.MachineAsync(1);
        var rma = await it.ReceivedAsync(it.Serial(1));
        var unit = (await it.UnitsAsync(rma.Id)).Single();
        await it.DiagnosedAsync(unit);
        await it.PassedAsync(unit);
        var before = await LastAsync("FM003");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => it.ShipAsync(1, unit)));

        answers.Count(answer => answer.Raw.IsSuccessStatusCode).ShouldBe(1);
        answers
            .Where(answer => !answer.Raw.IsSuccessStatusCode)
            .ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict);
        await NoGapAsync("FM003", db => db.Shipments.Select(s => s.Number), before);
    }

    [Fact]
    [Trait("Rule", "C10")]
    public async Task Given_many_offers_at_once_and_some_that_are_rolled_back_When_numbered_Then_no_gap_and_no_double()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var serials = Enumerable.Range(1, 8).Select(it.Serial).ToList();
        foreach (var i in Enumerable.Range(1, 8))
        {
            await it.MachineAsync(i, monthsAgo: 30);
        }

        var rma = await it.ReceivedAsync(serials);
        var units = await it.UnitsAsync(rma.Id);
        foreach (var unit in units)
        {
            await it.DiagnosedAsync(unit);
        }

        var offer = new MakeOutOffer.Request([new("更換主控板", 1, 680.00m, "MAINBOARD")]);
        // Each unit is offered twice at once: one of the two loses its version and rolls its number back.
        var answers = await Task.WhenAll(
            units.Concat(units).Select(unit => it.DoAsync(unit, it.Repairer, "make-out-offer", offer))
        );

        answers.Count(answer => answer.Raw.IsSuccessStatusCode).ShouldBeGreaterThanOrEqualTo(8);
        await NoGapAsync("FM001", db => db.RmaUnits.Select(u => u.OfferNumber), 7);
    }

    private async Task NoGapAsync(string form, Func<RepairsDb, IQueryable<string?>> numbersOf, int before)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        var prefix = FormattableString.Invariant($"{form}-{Fixture.Today.Year}-");
        var given = await numbersOf(db).Where(number => number != null && number.StartsWith(prefix)).ToListAsync();
        var numbers = given.Select(number => int.Parse(number![prefix.Length..], Invariant)).Order().ToList();
        numbers.ShouldBe(Enumerable.Range(1, numbers.Count), $"{form} has a gap or a double");
        (await LastAsync(form)).ShouldBe(numbers.Count);
        numbers.Count.ShouldBeGreaterThan(before);
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private async Task<int> LastAsync(string form)
    {
        var year = Fixture.Today.Year;
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        return (
            await db
                .Database.SqlQuery<int>(
                    $"""SELECT last AS "Value" FROM form_numbers WHERE form = {form} AND year = {year}"""
                )
                .ToListAsync()
        ).SingleOrDefault();
    }

    private static async Task<ApiAnswer> FileAsync(GoodsCase it, ApiAnswer rma, string csv)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "serials.csv");
        return await it.Service.PostAsync($"/v1/rmas/{rma.Id}/receive-file", form, rma.ETag);
    }

    private static string Wide(string text) =>
        string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c));
}
