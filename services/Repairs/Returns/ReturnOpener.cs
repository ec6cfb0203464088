using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Returns;

/// <summary>What somebody asks back.</summary>
internal sealed record AskedGoods(
    string? Serial,
    Guid? SaleId,
    Guid? UnitId,
    int? Quantity,
    DateOnly? RequestedOn = null
);

/// <summary>Opens a return for a machine, for goods of a sale, or for a unit that is here for repair.</summary>
internal sealed class ReturnOpener(RepairsDb db, ProductLookup products, RecordNumbers numbers)
{
    /// <summary>The new case, not added to the store yet.</summary>
    public async Task<Result<ReturnCase>> OpenAsync(
        CommandContext context,
        Guid customerId,
        ReturnKind kind,
        AskedGoods asked,
        ReturnAnswers answers,
        CancellationToken cancellation
    )
    {
        if ((await products.CustomerAsync(customerId, cancellation)).Failed(out var unknown, out var organisation))
        {
            return unknown;
        }

        var customer = RmaIntake.CustomerOf(organisation);
        var number = await numbers.NextAsync(ReturnCase.NumberKind, context.Today.Year, cancellation);
        if (asked.SaleId is { } saleId)
        {
            return await OfSaleAsync(
                context,
                number,
                kind,
                customer,
                saleId,
                asked.Quantity ?? 0,
                answers,
                asked.RequestedOn,
                cancellation
            );
        }

        var unit = asked.UnitId is { } unitId
            ? await db.RmaUnits.FirstOrDefaultAsync(u => u.Id == unitId && u.CustomerId == customer.Id, cancellation)
            : null;
        if (asked.UnitId is not null && unit is null)
        {
            return Refusal.Invalid("unit-unknown", "C3.1.1", "unit");
        }

        if (unit is not null && !RmaUnitFlow.HereStates.Contains(unit.State))
        {
            return Refusal
                .ByRule("unit-not-here", "C3.1.1", ["unit-in-the-house"], Roles.CustomerService)
                .With("unit", unit.Number);
        }

        var serial = unit?.Serial ?? asked.Serial;
        if (TextFolding.IsBlank(serial))
        {
            return unit is null ? Refusal.Invalid("goods-not-named", "C5.1.3", "serial-number")
                : unit.ReturnCaseNumber is { } open ? OpenAlready(open)
                : Held(
                    context,
                    unit,
                    ReturnCase.Request(context, number, kind, customer, Of(unit), null, answers, asked.RequestedOn)
                );
        }

        var key = ProductSerial.KeyOf(serial!);
        var other = await db
            .ReturnCases.Where(one => one.OpenSerialKey == key)
            .Select(one => one.Number)
            .FirstOrDefaultAsync(cancellation);
        if (other is not null)
        {
            return OpenAlready(other);
        }

        // A machine that is here for repair is that unit, also where it is named by its serial number.
        unit ??= await db.RmaUnits.FirstOrDefaultAsync(
            u => u.OpenSerialKey == key && u.CustomerId == customer.Id && RmaUnitFlow.HereStates.Contains(u.State),
            cancellation
        );

        var machine = (await products.SerialsAsync([key], cancellation)).GetValueOrDefault(key);
        if (machine is { State: not SerialState.Sold })
        {
            return Refusal.ByRule("serial-not-sold", "C5.1.5", ["sold-serial"], Roles.CustomerService);
        }

        if (machine?.CustomerId is { } owner && owner != customer.Id)
        {
            return Refusal
                .ByRule("serial-of-another", "S3", ["own-serial"], Roles.Sales)
                .With("serials", machine.Number);
        }

        var goods = unit is not null
            ? Of(unit) with
            {
                ExFactoryOn = machine?.ExFactoryOn,
            }
            : new ReturnGoods(
                machine?.ModelId,
                machine?.ModelCode,
                machine?.ModelName,
                serial!.Trim(),
                machine?.Id,
                null,
                null,
                1,
                machine?.ExFactoryOn
            );
        return Held(
            context,
            unit,
            ReturnCase.Request(
                context,
                number,
                kind,
                customer,
                goods,
                key,
                answers with
                {
                    PurchasedOn = answers.PurchasedOn ?? machine?.PurchasedOn,
                    Model = answers.Model ?? goods.ModelCode,
                },
                asked.RequestedOn
            )
        );
    }

    private static Refusal OpenAlready(string number) =>
        Refusal.ByRule("return-open-already", "S4", ["other-case"], Roles.CustomerService).With("return", number);

    private static Result<ReturnCase> Held(CommandContext context, RmaUnit? unit, Result<ReturnCase> opened)
    {
        if (!opened.Failed(out _, out var one))
        {
            unit?.HoldFor(context, one.Id, one.Number);
        }

        return opened;
    }

    private async Task<Result<ReturnCase>> OfSaleAsync(
        CommandContext context,
        string number,
        ReturnKind kind,
        ProductCustomer customer,
        Guid saleId,
        int quantity,
        ReturnAnswers answers,
        DateOnly? requestedOn,
        CancellationToken cancellation
    )
    {
        var sale = await db.Sales.FirstOrDefaultAsync(s => s.Id == saleId && s.CustomerId == customer.Id, cancellation);
        if (sale is null)
        {
            return Refusal.Invalid("sale-unknown", "S3", "sale");
        }

        // Before anything else: what was not sold, or is back already, is not asked back.
        if (sale.Claim(context, quantity, number) is { } tooMany)
        {
            return tooMany;
        }

        return ReturnCase.Request(
            context,
            number,
            kind,
            customer,
            new ReturnGoods(
                sale.ModelId,
                sale.ModelCode,
                sale.ModelName,
                null,
                null,
                sale.Id,
                null,
                quantity,
                sale.ExFactoryOn
            ),
            null,
            answers with
            {
                PurchasedOn = answers.PurchasedOn ?? sale.PurchasedOn,
                Model = answers.Model ?? sale.ModelCode,
            },
            requestedOn
        );
    }

    private static ReturnGoods Of(RmaUnit unit) =>
        new(
            unit.ModelId,
            unit.ModelCode,
            unit.ModelName,
            unit.Serial,
            unit.SerialId,
            null,
            unit.Id,
            unit.Quantity,
            null
        );
}
