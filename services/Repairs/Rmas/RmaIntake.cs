using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas;

/// <summary>A line as somebody entered it.</summary>
internal sealed record EnteredLine(Guid? ModelId, IReadOnlyList<string> Serials, int? Quantity, string? Words);

/// <summary>An item of a parcel as somebody entered it.</summary>
internal sealed record EnteredItem(string? Serial, Guid? ModelId, int? Quantity);

/// <summary>Makes declarations and parcels of what was entered: names from the registry, machines by their serial numbers
/// (S3).</summary>
internal sealed class RmaIntake(RepairsDb db, ProductLookup products)
{
    /// <summary>A declaration of the customer with these lines.</summary>
    public async Task<Result<Declaration>> DeclarationAsync(
        Guid customerId,
        IReadOnlyList<EnteredLine> entered,
        RmaSource source,
        Guid? sourceId,
        Guid? own,
        CancellationToken cancellation
    )
    {
        if ((await products.CustomerAsync(customerId, cancellation)).Failed(out var refusal, out var customer))
        {
            return refusal;
        }

        var keys = entered.SelectMany(line => line.Serials).Select(ProductSerial.KeyOf).ToList();
        var serials = await products.SerialsAsync(keys, cancellation);
        if ((await ModelsAsync(entered, cancellation)).Failed(out var unknown, out var models))
        {
            return unknown;
        }

        var lines = new List<DeclaredLine>();
        foreach (var line in entered)
        {
            // The serials of a line may be of several models: each model has its line.
            var known = line
                .Serials.Select(number => (Number: number.Trim(), Key: ProductSerial.KeyOf(number)))
                .Select(s => (s.Number, s.Key, Machine: serials.GetValueOrDefault(s.Key)))
                .ToList();
            if (known.Exists(s => s.Key.Length == 0))
            {
                return Refusal.Invalid("serial-blank", "C2", "serial-number");
            }

            if (line.ModelId is null && known.Find(s => s.Machine is null) is { Number: { } number })
            {
                return Refusal.Invalid("serial-unknown", "S3", "model").With("serial", number);
            }

            lines.AddRange(
                known
                    .GroupBy(s => s.Machine is { } machine ? ModelRef.Of(machine) : models[line.ModelId!.Value])
                    .Select(group => new DeclaredLine(
                        group.Key,
                        [.. group.Select(s => new DeclaredSerial(s.Number, s.Key, s.Machine?.Id))],
                        group.Count(),
                        line.Words
                    ))
            );
            if (known.Count == 0)
            {
                if (line.ModelId is not { } modelId)
                {
                    return Refusal.Invalid("model-unknown", "S3", "model");
                }

                lines.Add(new(models[modelId], [], line.Quantity ?? 0, line.Words));
            }
        }

        var open = await OpenElsewhereAsync(keys, own, cancellation);
        return new Declaration
        {
            Customer = CustomerOf(customer),
            Lines = lines,
            Source = source,
            SourceId = sourceId,
            OfOthers =
            [
                .. serials.Values.Where(s => s.CustomerId is { } of && of != customer.Id).Select(s => s.Number),
            ],
            NotSold = [.. serials.Values.Where(s => s.State != SerialState.Sold).Select(s => s.Number)],
            InOthers = open,
        };
    }

    /// <summary>What came, item by item.</summary>
    public async Task<Result<Parcel>> ParcelAsync(
        Rma rma,
        IReadOnlyList<EnteredItem> entered,
        CancellationToken cancellation
    )
    {
        var keys = entered.Select(item => item.Serial).OfType<string>().Select(ProductSerial.KeyOf).ToList();
        var serials = await products.SerialsAsync(keys, cancellation);
        if (
            (
                await ModelsAsync([.. entered.Select(i => new EnteredLine(i.ModelId, [], null, null))], cancellation)
            ).Failed(out var unknown, out var models)
        )
        {
            return unknown;
        }

        var declared = rma
            .Lines.SelectMany(line => line.Serials.Select(serial => (serial.Key, line.Model)))
            .ToDictionary(serial => serial.Key, serial => serial.Model);
        var items = new List<ReceivedItem>();
        foreach (var item in entered)
        {
            var number = TextFolding.IsBlank(item.Serial) ? null : item.Serial!.Trim();
            var key = number is null ? null : ProductSerial.KeyOf(number);
            var machine = key is null ? null : serials.GetValueOrDefault(key);
            items.Add(
                new(
                    machine is not null ? ModelRef.Of(machine)
                        : item.ModelId is { } modelId ? models[modelId]
                        : key is null ? null
                        : declared.GetValueOrDefault(key),
                    number,
                    key,
                    machine?.Id,
                    number is null ? item.Quantity ?? 1 : 1,
                    machine?.WarrantyEndsOn,
                    machine?.CustomerId is { } owner && owner != rma.CustomerId,
                    machine is { State: not SerialState.Sold }
                )
            );
        }

        var elsewhere = await db
            .RmaUnits.Where(unit => keys.Contains(unit.OpenSerialKey!))
            .ToDictionaryAsync(unit => unit.OpenSerialKey!, unit => unit.RmaNumber, cancellation);
        // A machine that came back with a return is in its custody: no machine is in two places (C3.1.1).
        var returned = await db
            .ReturnCases.Where(one => keys.Contains(one.OpenSerialKey!) && one.HeldSince != null)
            .Select(one => new { one.OpenSerialKey, one.Number })
            .ToListAsync(cancellation);
        foreach (var one in returned)
        {
            elsewhere.TryAdd(one.OpenSerialKey!, one.Number);
        }

        return new Parcel(items, elsewhere);
    }

    /// <summary>The product customer as records name them.</summary>
    public static ProductCustomer CustomerOf(OrganisationCopy customer) =>
        new(
            customer.Id,
            customer.Name,
            customer.Contact,
            customer.Phone,
            customer.DeliveryAddress,
            customer.Region,
            customer.Language,
            customer.SalespersonId is { } salesperson
                ? new(salesperson.ToString(), customer.SalespersonName ?? "")
                : null
        );

    private async Task<Result<IReadOnlyDictionary<Guid, ModelRef>>> ModelsAsync(
        IReadOnlyList<EnteredLine> lines,
        CancellationToken cancellation
    )
    {
        var ids = lines.Select(line => line.ModelId).OfType<Guid>().Distinct().ToList();
        var models = await db
            .ProductModels.AsNoTracking()
            .Where(model => ids.Contains(model.Id))
            .ToDictionaryAsync(model => model.Id, ModelRef.Of, cancellation);
        return models.Count == ids.Count ? models : Refusal.Invalid("model-unknown", "S3", "model");
    }

    private async Task<IReadOnlyList<string>> OpenElsewhereAsync(
        List<string> keys,
        Guid? own,
        CancellationToken cancellation
    )
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var here = await db
            .RmaUnits.Where(unit => keys.Contains(unit.OpenSerialKey!) && unit.RmaId != own)
            .Select(unit => new { unit.Serial, unit.RmaNumber })
            .ToListAsync(cancellation);
        var wanted = keys.ToArray();
        var declared = await db
            .Rmas.Where(rma =>
                rma.State == RmaState.Declared && rma.Id != own && rma.SerialKeys.Any(k => wanted.Contains(k))
            )
            .Select(rma => new { rma.SerialKeys, rma.Number })
            .ToListAsync(cancellation);
        return
        [
            .. here.Select(unit => $"{unit.Serial} ({unit.RmaNumber})")
                .Concat(
                    declared.SelectMany(rma => rma.SerialKeys.Intersect(wanted).Select(key => $"{key} ({rma.Number})"))
                )
                .Distinct(),
        ];
    }
}
