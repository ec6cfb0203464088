using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas;

/// <summary>Goods of an enquiry or complaint that are to be repaired.</summary>
/// <param name="ProductModel">The product as it was called there.</param>
/// <param name="SerialNumber">Its serial number, as it was given.</param>
/// <param name="Words">What was said of it.</param>
internal sealed record GoodsOfCase(
    RmaSource Source,
    Guid SourceId,
    Guid CustomerId,
    string? ProductModel,
    string? SerialNumber,
    string? Words
);

/// <summary>Opens an RMA for a person or from an enquiry or complaint, whose files it takes along.</summary>
internal sealed class RmaOpener(
    RepairsDb db,
    RecordNumbers numbers,
    RegistryLookup registry,
    ProductLookup products,
    Links links,
    Files files
)
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
            await FollowAsync(context, rma, declaration.Source, source, cancellation);
        }

        return opened;
    }

    /// <summary>An RMA in its declared state for a case, one a case however often it is told. Goods that the case names and
    /// that are known are its line; others are declared by who knows them.</summary>
    public async Task OpenForCaseAsync(CommandContext context, GoodsOfCase goods, CancellationToken cancellation)
    {
        await db.LockAsync($"rma/{goods.Source.ToKebab()}/{goods.SourceId:N}", cancellation);
        if (await db.Rmas.AnyAsync(r => r.Source == goods.Source && r.SourceId == goods.SourceId, cancellation))
        {
            return;
        }

        var found = await registry.OrganisationAsync(
            await registry.SurvivorOfAsync(goods.CustomerId, cancellation),
            cancellation
        );
        // A customer who is not announced yet comes later: the message is tried again.
        var customer = found.Required();
        var declaration = new Declaration
        {
            Customer = RmaIntake.CustomerOf(customer),
            Lines = await LineAsync(goods, customer.Id, cancellation) is { } line ? [line] : [],
            Source = goods.Source,
            SourceId = goods.SourceId,
            Words = goods.Words,
        };
        db.Add((await OpenAsync(context, declaration, cancellation)).Required());
    }

    /// <summary>An RMA that was open before the case became one belongs to it from now on.</summary>
    public async Task<bool> AdoptAsync(
        CommandContext context,
        string number,
        GoodsOfCase goods,
        CancellationToken cancellation
    )
    {
        var customer = await registry.SurvivorOfAsync(goods.CustomerId, cancellation);
        var rma = await db.Rmas.FirstOrDefaultAsync(r => r.Number == number && r.CustomerId == customer, cancellation);
        if (rma is null)
        {
            return false;
        }

        await FollowAsync(context, rma, goods.Source, goods.SourceId, cancellation);
        return true;
    }

    private async Task FollowAsync(
        CommandContext context,
        Rma rma,
        RmaSource from,
        Guid source,
        CancellationToken cancellation
    )
    {
        var cause = new RecordRef("complaints", from.ToKebab(), source, null);
        var own = new RecordRef("repairs", rma.Kind, rma.Id, rma.Number);
        await own.ComesFromAsync(cause, links, files, context, cancellation);
    }

    // A machine of another customer, or one that is here already, is left to who looks at the case.
    private async Task<DeclaredLine?> LineAsync(GoodsOfCase goods, Guid customer, CancellationToken cancellation)
    {
        if (!TextFolding.IsBlank(goods.SerialNumber))
        {
            var key = ProductSerial.KeyOf(goods.SerialNumber!);
            var machine = (await products.SerialsAsync([key], cancellation)).GetValueOrDefault(key);
            var isHere =
                await db.RmaUnits.AnyAsync(unit => unit.OpenSerialKey == key, cancellation)
                || await db.Rmas.AnyAsync(
                    rma => rma.State == RmaState.Declared && rma.SerialKeys.Contains(key),
                    cancellation
                );
            if (
                isHere
                || machine is { State: not SerialState.Sold }
                || (machine?.CustomerId is { } owner && owner != customer)
            )
            {
                return null;
            }

            if ((machine is null ? await ModelAsync(goods, cancellation) : ModelRef.Of(machine)) is { } model)
            {
                return new(model, [new(goods.SerialNumber!.Trim(), key, machine?.Id)], 1, goods.Words);
            }
        }

        return await ModelAsync(goods, cancellation) is { } counted ? new(counted, [], 1, goods.Words) : null;
    }

    private async Task<ModelRef?> ModelAsync(GoodsOfCase goods, CancellationToken cancellation)
    {
        var key = TextFolding.Key(goods.ProductModel ?? "");
        return
            key.Length > 0
            && await db.ProductModels.AsNoTracking().FirstOrDefaultAsync(m => m.CodeKey == key, cancellation)
                is { } model
            ? ModelRef.Of(model)
            : null;
    }
}
